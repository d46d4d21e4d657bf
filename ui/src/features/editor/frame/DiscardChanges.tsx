import { DiscardDialog } from "~/components";

type Props = { changes: number; creating: boolean; onDiscard: () => void; onKeep: () => void };

/** Asks before the changes of a form are thrown away, with their number. */
export function DiscardChanges({ changes, creating, onDiscard, onKeep }: Props) {
  const what = changes === 1 ? "1 change" : `${changes} changes`;
  return (
    <DiscardDialog
      title={creating ? "Discard the new webhook?" : `Discard ${what}?`}
      discard={creating ? "Discard new webhook" : "Discard changes"}
      onDiscard={onDiscard}
      onKeep={onKeep}
    >
      {creating ? "Nothing has been created yet." : `${what} ${changes === 1 ? "is" : "are"} not saved.`}
    </DiscardDialog>
  );
}
