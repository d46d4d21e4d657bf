import type { Connection } from "~/bindings/Connection";
import type { WebhookId } from "~/bindings/WebhookId";
import { DiscardChanges } from "./DiscardChanges";
import type { DraftKeeping } from "../drafts/use-draft-keeping";
import { LeaveDialog } from "./LeaveDialog";
import { SourcePicker } from "../source/SourcePicker";
import type { LeaveQuestion } from "../use-guard";

/** What a form asks on its own account. */
export type FormQuestion = "discard" | "source";

type Props = {
  asks: FormQuestion | null;
  leaving: LeaveQuestion | null;
  drafts: DraftKeeping;
  changes: number;
  creating: boolean;
  connection: Connection;
  onAnswered: () => void;
  onDiscard: () => void;
  onStartFrom: (webhook: WebhookId) => void;
};

/** The questions before a form's changes are left, thrown away or replaced. */
export function FormDialogs(props: Props) {
  const { asks, leaving, drafts, changes, creating, connection, onAnswered } = props;
  if (leaving) {
    return (
      <LeaveDialog
        question={leaving}
        changes={changes}
        creating={creating}
        onKeep={drafts.keep}
        onDiscard={drafts.finish}
      />
    );
  }
  switch (asks) {
    case "discard":
      return (
        <DiscardChanges
          changes={changes}
          creating={creating}
          onKeep={onAnswered}
          onDiscard={props.onDiscard}
        />
      );
    case "source":
      return (
        <SourcePicker
          connection={connection}
          hasChanges={changes > 0}
          onClose={onAnswered}
          onChoose={props.onStartFrom}
        />
      );
    case null:
      return null;
  }
}
