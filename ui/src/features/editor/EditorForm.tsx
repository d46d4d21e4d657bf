import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { FieldError } from "~/bindings/FieldError";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Offer } from "~/bindings/Offer";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Section } from "~/bindings/Section";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Banner, useToast } from "~/components";
import { Notices } from "../review/Notices";
import { ReviewDialog } from "../review";
import styles from "./EditorForm.module.css";
import { EditorFrame } from "./EditorFrame";
import { Field } from "./Field";
import { useFieldOptions } from "./field-options";
import { allFields, isShown } from "./form-state";
import { FormFooter } from "./FormFooter";
import { LeaveDialog } from "./LeaveDialog";
import { sectionState } from "./section-state";
import { SectionRail } from "./SectionRail";
import { type Guard, useGuard } from "./use-guard";
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
  const sections = capabilities.sections.map((section) => ({
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
    const title = rows[0]?.title ?? webhook?.title ?? "webhook";
    showToast({
      message: `${creating ? "Created" : "Saved"} ${shorten(title)} in ${shorten(connection.label)}`,
    });
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
  const onReveal = (path: FieldPath) =>
    webhook && capabilities.storedSecrets === "returned"
      ? () => backend.call("webhook_reveal", { webhook: { connection: connection.id, id: webhook.id }, path })
      : undefined;

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
            isReadOnly={connection.readOnly}
            onJump={setJump}
            onDiscard={() => void leave()}
            onReview={review}
          />
        }
      >
        <FormNotices offer={offer} isReadOnly={connection.readOnly} stray={form.stray} />
        {capabilities.sections.map((section) => (
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
                  onReveal={onReveal(spec.path)}
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

function FormNotices({
  offer,
  isReadOnly,
  stray,
}: {
  offer: Offer;
  isReadOnly: boolean;
  stray: FieldError[];
}) {
  const general = offer.capabilities.notices.filter((notice) => notice.path === null);
  if (general.length === 0 && !isReadOnly && stray.length === 0) return null;
  return (
    <div className={styles.notices}>
      {isReadOnly && (
        <Banner tone="info" icon="lock">
          This organisation is read-only in Tacklebox, so nothing here can be changed. Edit its connection to
          lift that.
        </Banner>
      )}
      {stray.length > 0 && (
        <Banner tone="error" title="The webhook was not accepted">
          {stray.map((error) => (
            <p key={`${error.path} ${error.message}`}>
              <bdi>{error.message}</bdi>
            </p>
          ))}
        </Banner>
      )}
      <Notices notices={general} />
    </div>
  );
}

/** What is said of a path above several fields, such as `filter` of `filter.rooms`, stands once over the section. */
function SectionNotices({ offer, section }: { offer: Offer; section: Section }) {
  const exact = new Set(allFields(offer.capabilities).map((spec) => spec.path));
  const own = offer.capabilities.notices.filter(({ path }) => {
    if (path === null || exact.has(path)) return false;
    return section.id === path || section.fields.some((spec) => spec.path.startsWith(`${path}.`));
  });
  const quiet = own.filter(({ level }) => level === "info");
  return (
    <>
      {quiet.map(({ words }) => (
        <p key={words} className={styles.sectionNotice}>
          {words}
        </p>
      ))}
      <Notices notices={own.filter(({ level }) => level === "warning")} />
    </>
  );
}

function requestOf(connection: ConnectionId, webhook: Webhook | null, draft: WebhookDraft): PlanRequest {
  if (webhook === null) return { type: "create", connection, draft };
  // A webhook read afresh has a revision; without one the host finds the plan stale and shows both versions.
  return { type: "update", webhook: { connection, id: webhook.id }, revision: webhook.revision ?? "", draft };
}

/** Which section the form is scrolled to. */
function useSectionInSight(scroller: RefObject<HTMLDivElement | null>, sections: Section[]) {
  const [active, setActive] = useState(sections[0]?.id ?? null);
  const chosen = useRef(false);
  const all = () => [...(scroller.current?.querySelectorAll<HTMLElement>("[data-section]") ?? [])];
  return {
    active,
    go: (id: string) => {
      const section = all().find((element) => element.dataset["section"] === id);
      chosen.current = true;
      setActive(id);
      section?.scrollIntoView({ block: "start" });
    },
    onScroll: () => {
      // The scroll that a press on the rail caused must not mark another section.
      if (chosen.current) {
        chosen.current = false;
        return;
      }
      const pane = scroller.current;
      if (!pane) return;
      const top = pane.getBoundingClientRect().top + 48;
      const isAtEnd = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 2;
      const passed = all().filter((element) => element.getBoundingClientRect().top <= top);
      const current = isAtEnd ? all().at(-1) : passed.at(-1);
      if (current?.dataset["section"]) setActive(current.dataset["section"]);
    },
  };
}

function focusField(root: HTMLElement | null, path: FieldPath): void {
  const fields = [...(root?.querySelectorAll<HTMLElement>("[data-path]") ?? [])];
  const field = fields.find((element) => element.dataset["path"] === path);
  const target =
    field?.querySelector<HTMLElement>('input[aria-invalid="true"]') ??
    field?.querySelector<HTMLElement>('input:not([disabled]), [tabindex="0"], button:not([disabled])');
  target?.focus();
  field?.scrollIntoView({ block: "nearest" });
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
