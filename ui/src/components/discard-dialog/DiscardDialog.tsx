import type { ReactNode } from "react";
import { Button } from "../button/Button";
import { Dialog } from "../dialog/Dialog";

export interface DiscardDialogProps {
  /** The question: `Discard 2 changes?` */
  title: string;
  /** What would be lost. */
  children: ReactNode;
  /** The button that does it: `Discard changes`. */
  discard: string;
  onDiscard: () => void;
  onKeep: () => void;
}

/** Asks before what was entered is thrown away. Staying is the default. */
export function DiscardDialog({ title, children, discard, onDiscard, onKeep }: DiscardDialogProps) {
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      title={title}
      onClose={onKeep}
      footer={
        <>
          <Button variant="danger" onPress={onDiscard}>
            {discard}
          </Button>
          <Button autoFocus onPress={onKeep}>
            Keep editing
          </Button>
        </>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}
