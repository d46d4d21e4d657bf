import { Button, Dialog } from "~/components";
import type { LeaveQuestion } from "./use-guard";

type Props = { question: LeaveQuestion; changes: number; creating: boolean };

/** "Keep editing" or "Discard changes", with the number of changes that would be lost. */
export function LeaveDialog({ question, changes, creating }: Props) {
  const what = changes === 1 ? "1 change" : `${changes} changes`;
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      title={creating ? "Discard the new webhook?" : `Discard ${what}?`}
      onClose={() => question.answer(false)}
      footer={
        <>
          <Button variant="danger" onPress={() => question.answer(true)}>
            {creating ? "Discard new webhook" : "Discard changes"}
          </Button>
          <Button autoFocus onPress={() => question.answer(false)}>
            Keep editing
          </Button>
        </>
      }
    >
      <p>
        {creating ? "Nothing has been created yet." : `${what} ${changes === 1 ? "is" : "are"} not saved.`}
      </p>
    </Dialog>
  );
}
