import type { AppError } from "~/bindings/AppError";
import { cx, ErrorBanner } from "~/components";
import { AppIcon } from "~/features/welcome";
import styles from "./StartFailure.module.css";

/** The window when the program could not start: what happened and what to do. */
export function StartFailure({ error, onRetry }: { error: AppError; onRetry: () => void }) {
  return (
    <main className={cx(styles.screen)}>
      <div className={cx(styles.column)}>
        <AppIcon />
        <h1>{error.kind === "alreadyOpen" ? "Tacklebox is already open" : "Tacklebox could not start"}</h1>
        <ErrorBanner error={error} onRetry={onRetry} />
      </div>
    </main>
  );
}
