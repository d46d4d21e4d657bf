import type { AppError } from "~/bindings/AppError";
import { Button, cx, ErrorBanner } from "~/components";
import { AppIcon } from "~/features/welcome";
import styles from "./StartFailure.module.css";

/** The window when the program could not start: what happened and what to do. */
export function StartFailure(props: { error: AppError; isTrying: boolean; onRetry: () => void }) {
  const { error, isTrying, onRetry } = props;
  return (
    <main className={cx(styles.screen)}>
      <div className={cx(styles.column)}>
        <AppIcon />
        <h1>{error.kind === "alreadyOpen" ? "Tacklebox is already open" : "Tacklebox could not start"}</h1>
        <ErrorBanner error={error} />
        <div className={cx(styles.actions)}>
          <Button variant="primary" autoFocus isPending={isTrying} onPress={onRetry}>
            Try again
          </Button>
        </div>
      </div>
    </main>
  );
}
