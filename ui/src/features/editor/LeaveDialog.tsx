import { DiscardDialog } from "~/components";
import type { LeaveQuestion } from "./use-guard";

type Props = { question: LeaveQuestion; changes: number; creating: boolean };

/** Asks before a form is left, with the number of changes that would be lost. */
export function LeaveDialog({ question, changes, creating }: Props) {
  const what = changes === 1 ? "1 change" : `${changes} changes`;
  return (
    <DiscardDialog
      title={creating ? "Discard the new webhook?" : `Discard ${what}?`}
      discard={creating ? "Discard new webhook" : "Discard changes"}
      onDiscard={() => question.answer(true)}
      onKeep={() => question.answer(false)}
    >
      {creating ? "Nothing has been created yet." : `${what} ${changes === 1 ? "is" : "are"} not saved.`}
    </DiscardDialog>
  );
}
