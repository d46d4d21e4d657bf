import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookId } from "~/bindings/WebhookId";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { EmptyState, ErrorBanner } from "~/components";
import { ChooseConnection } from "./ChooseConnection";
import { sourceOf } from "./drafts/kept-values";
import { EditorForm } from "./EditorForm";
import { EditorFrame, LoadingForm } from "./frame/EditorFrame";
import type { Guard } from "./use-guard";

export type EditorTarget =
  /** `from`: a webhook of that organisation whose values it starts with. */
  | { kind: "create"; connection: ConnectionId | null; from?: WebhookId | null }
  | { kind: "edit"; webhook: WebhookPick };

export type EditorProps = {
  /** Another object starts anew, even on the same webhook. */
  target: EditorTarget;
  connections: Connection[];
  providers: ProviderInfo[];
  onClose: () => void;
  onSaved: (result: { connection: ConnectionId }) => void;
  /** The guard resolves to false when the user chooses to stay. */
  registerGuard: (guard: Guard | null) => void;
};

/** Creates or edits one webhook. */
export function EditorScreen(props: EditorProps) {
  const [visit, setVisit] = useState({ target: props.target, number: 0 });
  if (visit.target !== props.target) setVisit({ target: props.target, number: visit.number + 1 });
  return <Visit key={visit.number} {...props} />;
}

/** One visit to the editor: asks for the organisation when it is open which. */
function Visit(props: EditorProps) {
  const { target, connections, providers, onClose } = props;
  const writable = connections.filter((connection) => !connection.readOnly);
  const [chosen, setChosen] = useState<ConnectionId | null>(null);
  const only = writable.length === 1 ? (writable[0]?.id ?? null) : null;
  const id = target.kind === "edit" ? target.webhook.connection : (target.connection ?? chosen ?? only);
  const connection = connections.find((known) => known.id === id);
  const provider = providers.find((known) => known.id === connection?.provider);

  if (id === null) {
    return (
      <EditorFrame title="New webhook" onBack={onClose}>
        <ChooseConnection connections={connections} providers={providers} onChoose={setChosen} />
      </EditorFrame>
    );
  }
  if (!connection || !provider) {
    return (
      <EditorFrame title="Webhook" onBack={onClose}>
        <EmptyState icon="plug" title="This organisation is not connected any more." />
      </EditorFrame>
    );
  }
  return <LoadedEditor key={id} {...props} connection={connection} provider={provider} />;
}

type LoadedProps = EditorProps & { connection: Connection; provider: ProviderInfo };

/** Reads what the organisation offers and, for an edit, the webhook as it is at the vendor now. */
function LoadedEditor(props: LoadedProps) {
  const { target, connection, provider } = props;
  const backend = useBackend();
  // One editor, one reading: the form must never change under the user's hands.
  const session = useId();
  const [visit, setVisit] = useState<FormVisit>({ number: 0, from: undefined, usesDraft: true });
  const begin = (next: Omit<FormVisit, "number">) => setVisit({ ...next, number: visit.number + 1 });
  const pick = target.kind === "edit" ? target.webhook : null;
  const offer = useQuery({
    ...once,
    queryKey: ["editor", session, "offer", connection.id],
    queryFn: () => backend.call("connection_offer", { connection: connection.id }),
  });
  const draft = useQuery({
    ...once,
    queryKey: ["editor", session, "draft", connection.id, pick],
    // A form that opens without what was kept is better than none.
    queryFn: () =>
      connection.readOnly
        ? null
        : backend
            .call("draft_read", { connection: connection.id, webhook: pick?.id ?? null })
            .catch(() => null),
  });
  const kept = draft.data ?? null;
  const wanted = target.kind === "create" ? (target.from ?? null) : null;
  const asked = visit.from === undefined ? wanted : visit.from;
  const from = asked ?? (pick === null && visit.usesDraft ? sourceOf(kept) : null);
  const isKeptHere = visit.usesDraft && from === sourceOf(kept);
  const opened = pick ?? (from === null ? null : { connection: connection.id, id: from });
  const webhook = useQuery({
    ...once,
    queryKey: ["editor", session, "webhook", opened, visit.number],
    enabled: pick !== null || draft.isSuccess,
    queryFn: async () => {
      if (opened === null) return null;
      const reading = backend.call("webhook_open", { webhook: opened, fresh: true });
      // What was kept stands for itself when the webhook it was made from is gone.
      return pick === null && asked === null ? reading.catch(() => null) : reading;
    },
  });

  const error = offer.error ?? webhook.error;
  const title = pick === null ? "New webhook" : (webhook.data?.title ?? "Webhook");
  const frame = (children: ReactNode) => (
    <EditorFrame title={title} connection={connection} provider={provider} onBack={props.onClose}>
      {children}
    </EditorFrame>
  );
  if (error) {
    const retry = () => {
      if (offer.error) void offer.refetch();
      if (webhook.error) void webhook.refetch();
    };
    return frame(
      <ErrorBanner error={toAppError(error)} onRetry={retry} effect="Webhooks keep running as they are." />,
    );
  }
  if (!offer.data || draft.data === undefined || webhook.data === undefined)
    return frame(<AfterDelay render={() => <LoadingForm />} />);
  return (
    <EditorForm
      key={visit.number}
      offer={offer.data}
      webhook={pick === null ? null : webhook.data}
      source={pick === null ? webhook.data : null}
      kept={isKeptHere ? kept : null}
      other={visit.usesDraft && !isKeptHere ? kept : null}
      connection={connection}
      provider={provider}
      providers={props.providers}
      onClose={props.onClose}
      onSaved={props.onSaved}
      onReload={() => begin({ from: visit.from, usesDraft: false })}
      onStartFrom={(id) => begin({ from: id, usesDraft: false })}
      onContinueOther={() => begin({ from: null, usesDraft: true })}
      registerGuard={props.registerGuard}
    />
  );
}

const once = { staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false } as const;

/** One opening of the form: what it starts from. */
type FormVisit = {
  number: number;
  /** Chosen in the editor; before that the target says it. */
  from: WebhookId | null | undefined;
  /** Whether what was kept earlier still counts. */
  usesDraft: boolean;
};

/** Nothing for 300 ms: what is quick needs no sign of waiting. */
function AfterDelay({ render }: { render: () => ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? render() : null;
}
