import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { FieldError } from "~/bindings/FieldError";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { useToast } from "~/components";
import { ReviewDialog } from "../review";
import { pairPath } from "../secrets";
import styles from "./EditorForm.module.css";
import { EditorFrame } from "./EditorFrame";
import { Field } from "./Field";
import { useFieldOptions } from "./field-options";
import { allFields, type FormValues, isShown, shownSections } from "./form-state";
import { FormFooter } from "./FormFooter";
import { FormNotices, SectionNotices } from "./FormNotices";
import { LeaveDialog } from "./LeaveDialog";
import { sectionState } from "./section-state";
import { SectionRail } from "./SectionRail";
import { type Guard, useGuard } from "./use-guard";
import { focusField, useSectionInSight } from "./use-section-in-sight";
import { useWebhookForm } from "./use-webhook-form";

type Props = {
  offer: Offer;
  /** Absent for a new webhook. */
  webhook: Webhook | null;
  connection: Connection;
  provider: ProviderInfo;
  providers: ProviderInfo[];
  onClose: () => void;
  onSaved: (result: { connection: ConnectionId }) => void;
  onReload: () => void;
  registerGuard: (guard: Guard | null) => void;
};

/** The form of one webhook, drawn from the capabilities of its connection. */
export function EditorForm(props: Props) {
  const { offer, webhook, connection, provider, onClose } = props;
  const { capabilities } = offer;
  const backend = useBackend();
  const showToast = useToast();
  const form = useWebhookForm(capabilities, webhook);
  const options = useFieldOptions(connection.id, capabilities, form.initial);
  const guard = useGuard(form.changes.length > 0, props.registerGuard);
  const scroller = useRef<HTMLDivElement>(null);
  const [request, setRequest] = useState<PlanRequest | null>(null);
  const creating = webhook === null;
  // A new webhook begins with its first field; an old one is read before it is changed.
  const [jump, setJump] = useState(creating ? (allFields(capabilities)[0]?.path ?? null) : null);
  const heading = useRef<HTMLHeadingElement>(null);
  const places = useSectionInSight(scroller, capabilities.sections);
  const number = creating ? numberCreated(offer, form.values) : 1;
  const shown = shownSections(capabilities, form.values);
  const sections = shown.map((section) => ({
    section,
    state: sectionState(section, form, offer, creating, options),
  }));

  // A field is focused once it is drawn and no dialog stands before it.
  useEffect(() => {
    if (jump === null || request !== null) return;
    focusField(scroller.current, jump);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the jump is done
    setJump(null);
  }, [jump, request]);

  useEffect(() => {
    if (!creating) heading.current?.focus();
  }, [creating]);

  const leave = async () => {
    if (await guard.mayLeave()) onClose();
  };
  const review = () => {
    if (connection.readOnly || request !== null || (!creating && form.changes.length === 0)) return;
    const checked = form.submit();
    if ("wrong" in checked) setJump(checked.wrong);
    else setRequest(requestOf(connection.id, webhook, checked.draft));
  };
  const saved = (rows: WebhookRow[]) => {
    guard.release();
    setRequest(null);
    const title = shorten(rows[0]?.title ?? webhook?.title ?? "webhook");
    const what = rows.length > 1 ? `${rows.length} webhooks` : title;
    showToast({ message: `${creating ? "Created" : "Saved"} ${what} in ${shorten(connection.label)}` });
    props.onSaved({ connection: connection.id });
  };
  const refused = (errors: FieldError[]) => {
    setRequest(null);
    setJump(form.refuse(errors));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    review();
  };
  const onReveal = (spec: FieldSpec) => {
    // Addresses and pairs come back with their values; a secret only where the vendor says so.
    if (!webhook || (spec.kind.type === "secret" && capabilities.storedSecrets !== "returned"))
      return undefined;
    const pick = { connection: connection.id, id: webhook.id };
    const read = webhook.fields[spec.path];
    return (origin?: number) => {
      const isPair = origin !== undefined && read?.type === "pairs";
      const path = isPair ? pairPath(spec.path, read.value, origin) : spec.path;
      return backend.call("webhook_reveal", { webhook: pick, path });
    };
  };

  return (
    <div className={styles.form} onKeyDown={onKeyDown}>
      <EditorFrame
        title={webhook?.title ?? "New webhook"}
        connection={connection}
        provider={provider}
        onBack={() => void leave()}
        scrollRef={scroller}
        onScroll={places.onScroll}
        rail={<SectionRail sections={sections} active={places.active} onGo={places.go} />}
        header={
          <header className={styles.header}>
            <h1 ref={heading} tabIndex={-1}>
              {creating ? "New webhook" : connection.readOnly ? "View webhook" : "Edit webhook"}
            </h1>
            <span className={styles.about}>
              {provider.name}
              {capabilities.onOff.type === "alwaysOn" && ", always on"}
            </span>
          </header>
        }
        footer={
          <FormFooter
            problems={form.problems}
            advice={sections.reduce((sum, { state }) => sum + state.advice, 0)}
            changes={form.changes.length}
            creating={creating}
            number={number}
            isReadOnly={connection.readOnly}
            onJump={setJump}
            onDiscard={() => void leave()}
            onReview={review}
          />
        }
      >
        <FormNotices
          offer={offer}
          isReadOnly={connection.readOnly}
          stray={form.stray}
          marks={webhook?.marks ?? []}
        />
        {shown.map((section) => (
          <section
            key={section.id}
            className={styles.section}
            data-section={section.id}
            aria-label={section.title}
          >
            <h2>
              {section.title} {section.hint !== null && <small>{section.hint}</small>}
            </h2>
            <SectionNotices offer={offer} section={section} />
            {section.fields
              .filter((spec) => isShown(spec, form.values, capabilities))
              .map((spec) => (
                <Field
                  key={spec.path}
                  spec={spec}
                  value={form.values[spec.path]}
                  error={form.errorOf(spec.path)}
                  form={form}
                  offer={offer}
                  webhook={webhook}
                  provider={provider}
                  options={options.get(spec.path)}
                  isReadOnly={connection.readOnly}
                  isNested={section.fields.some(({ path }) => path === spec.shownWhen?.path)}
                  hasNested={section.fields.some(({ shownWhen }) => shownWhen?.path === spec.path)}
                  title={creating && spec.kind.type === "events" ? nameOf(form.values) : null}
                  onReveal={onReveal(spec)}
                />
              ))}
          </section>
        ))}
      </EditorFrame>
      {request && (
        <ReviewDialog
          request={request}
          providers={props.providers}
          onClose={() => setRequest(null)}
          onRefused={refused}
          onReload={() => {
            guard.release();
            props.onReload();
          }}
          onSaved={saved}
        />
      )}
      {guard.question && (
        <LeaveDialog question={guard.question} changes={form.changes.length} creating={creating} />
      )}
    </div>
  );
}

/** How many webhooks a new one will be: one for each event where a webhook has only one. */
function numberCreated(offer: Offer, values: FormValues): number {
  if (offer.capabilities.eventsPerWebhook === "many") return 1;
  const events = allFields(offer.capabilities).find(({ kind }) => kind.type === "events");
  const chosen = events && values[events.path];
  return chosen?.type === "list" ? Math.max(chosen.value.length, 1) : 1;
}

function nameOf(values: FormValues): string {
  const name = values["name"];
  return name?.type === "text" ? name.value : "";
}

function requestOf(connection: ConnectionId, webhook: Webhook | null, draft: WebhookDraft): PlanRequest {
  if (webhook === null) return { type: "create", connection, draft };
  // A webhook read afresh has a revision; without one the host finds the plan stale and shows both versions.
  return { type: "update", webhook: { connection, id: webhook.id }, revision: webhook.revision ?? "", draft };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
