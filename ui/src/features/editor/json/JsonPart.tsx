import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { DiscardDialog, Segmented } from "~/components";
import styles from "./JsonPart.module.css";
import type { ViewMode, ViewState } from "./use-view-mode";

const JsonView = lazy(() => import("./JsonView"));

const options = [
  { value: "form", label: "Form" },
  { value: "json", label: "JSON" },
] as const;

/** Form or JSON. */
export function ViewSwitch({ view }: { view: ViewState }) {
  return <Segmented<ViewMode> label="Edit as" value={view.mode} onChange={view.choose} options={options} />;
}

/** The configuration as JSON. Its program is loaded when it is first shown. */
export function JsonPart({ view, notices, ...props }: PartProps) {
  return (
    <div className={styles.part}>
      {notices}
      <div className={styles.room}>
        <Suspense fallback={<div aria-busy="true" />}>
          <JsonView {...props} handle={view.handle} onReport={view.onReport} />
        </Suspense>
      </div>
    </div>
  );
}

type PartProps = {
  view: ViewState;
  /** What stands above the form as well. */
  notices: ReactNode;
} & Omit<ComponentProps<typeof JsonView>, "handle" | "onReport">;

/** Asks before a text that the form could not take over is lost. */
export function LoseTextDialog({ view }: { view: ViewState }) {
  const { question, report } = view;
  if (!question) return null;
  const number = Math.max(report.problems.length, 1);
  const count = number === 1 ? "1 problem" : `${number} problems`;
  return (
    <DiscardDialog
      title={question.isLeaving ? "Leave without this text?" : "Go back to the form without this text?"}
      discard={question.isLeaving ? "Leave without it" : "Go back to the form"}
      onDiscard={() => question.answer(true)}
      onKeep={() => question.answer(false)}
    >
      The JSON text has {count}, so the form could not take it over and keeps what it had. The text would be
      lost.
    </DiscardDialog>
  );
}
