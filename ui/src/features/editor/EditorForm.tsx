import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { FieldError } from "~/bindings/FieldError";
import type { KeptDraft } from "~/bindings/KeptDraft";
import type { Offer } from "~/bindings/Offer";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookId } from "~/bindings/WebhookId";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { useToast } from "~/components";
import { ReviewDialog } from "../review";
import { UrlCredentialsContext, useUrlCredentials } from "./credentials/use-url-credentials";
import { DraftBanner } from "./drafts/DraftBanner";
import { useDraftKeeping } from "./drafts/use-draft-keeping";
import styles from "./EditorForm.module.css";
import { EditorFrame } from "./frame/EditorFrame";
import { useFieldOptions } from "./fields/field-options";
import { formStart } from "./form/form-start";
import { allFields, shownSections } from "./form/form-state";
import { FormDialogs, type FormQuestion } from "./frame/FormDialogs";
import { FormFooter } from "./frame/FormFooter";
import { FormHeader } from "./frame/FormHeader";
import { FormNotices } from "./frame/FormNotices";
import { FormSections } from "./frame/FormSections";
import { JsonPart, LoseTextDialog, ViewSwitch } from "./json/JsonPart";
import { useViewMode } from "./json/use-view-mode";
import { numberCreated, requestOf } from "./form/plan-request";
import { EventFocusContext, TrialContext } from "./sample/contexts";
import { SampleAside, SampleBelow } from "./sample/SamplePlaces";
import { useSamples } from "./sample/use-samples";
import { useTrial } from "./sample/use-trial";
import { useTrialNotices } from "./sample/use-trial-notices";
import { useWide } from "./sample/use-wide";
import { useElsewhere } from "./fields/repeated-events";
import { sectionState } from "./frame/section-state";
import { SectionRail } from "./frame/SectionRail";
import { shorten } from "./shorten";
import { SourceBanners } from "./source/SourceBanners";
import { type Guard, useGuard } from "./use-guard";
import { focusField, useSectionInSight } from "./frame/use-section-in-sight";
import { useTrees, withTreeOptions } from "./fields/use-trees";
import { useWebhookForm } from "./form/use-webhook-form";

type Props = {
  offer: Offer;
  /** Absent for a new webhook. */
  webhook: Webhook | null;
  /** The webhook a new one is made from. */
  source: Webhook | null;
  /** What was changed in this form earlier and not saved. */
  kept: KeptDraft | null;
  /** Another new webhook that was begun and left. */
  other: KeptDraft | null;
  connection: Connection;
  provider: ProviderInfo;
  providers: ProviderInfo[];
  onClose: () => void;
  onSaved: (result: { connection: ConnectionId }) => void;
  onReload: () => void;
  /** Begins again with another webhook's values, or with what was kept of another new one. */
  onStartFrom: (webhook: WebhookId) => void;
  onContinueOther: () => void;
  registerGuard: (guard: Guard | null) => void;
};

/** The form of one webhook, drawn from the capabilities of its connection. */
export function EditorForm(props: Props) {
  const { offer, webhook, source, connection, provider, onClose } = props;
  const { capabilities } = offer;
  const showToast = useToast();
  const [start] = useState(() => formStart(capabilities, webhook, source, props.kept));
  const form = useWebhookForm(capabilities, start);
  const drafts = useDraftKeeping({
    request: { connection: connection.id, webhook: webhook?.id ?? null },
    capabilities,
    initial: form.initial,
    values: form.values,
    source: source?.id ?? null,
    isKept: props.kept !== null,
    isOff: connection.readOnly,
  });
  const credentials = useUrlCredentials(capabilities, form);
  const trees = useTrees(connection.id, capabilities);
  const listOptions = useFieldOptions(connection.id, capabilities, form.initial);
  const options = withTreeOptions(listOptions, capabilities, trees);
  const sample = useSamples(connection.id, offer, form.values, webhook);
  const { trial, set } = useTrial(capabilities, form.values, sample, provider.name);
  const notices = useTrialNotices(capabilities, form.initial, form.values, trial);
  const isWide = useWide();
  const view = useViewMode(props.registerGuard);
  const { goTo } = view;
  const isJson = view.mode === "json";
  const guard = useGuard(form.changes.length > 0, view.register);
  const scroller = useRef<HTMLDivElement>(null);
  const [request, setRequest] = useState<PlanRequest | null>(null);
  const isChecking = useRef(false);
  const [asks, setAsks] = useState<FormQuestion | null>(null);
  const creating = webhook === null;
  // A new webhook begins with its first field; an old one is read before it is changed.
  const [jump, setJump] = useState(creating ? (allFields(capabilities)[0]?.path ?? null) : null);
  const heading = useRef<HTMLHeadingElement>(null);
  const places = useSectionInSight(scroller, capabilities.sections);
  const number = creating ? numberCreated(offer, form.values) : 1;
  const shown = shownSections(capabilities, form.values);
  const tried = { path: capabilities.localTrial?.conditions ?? null, evaluation: trial.evaluation };
  const elsewhere = useElsewhere(connection.id, webhook?.id ?? null, capabilities.repeatedEvent !== null);
  const sections = shown.map((section) => ({
    section,
    state: sectionState(section, form, offer, creating, options, tried, elsewhere),
  }));

  // A field is focused once it is drawn and no dialog stands before it.
  useEffect(() => {
    if (jump === null || request !== null) return;
    if (!goTo(jump)) focusField(scroller.current, jump);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the jump is done
    setJump(null);
  }, [jump, request, goTo]);

  useEffect(() => {
    if (!creating) heading.current?.focus();
  }, [creating]);

  const leave = async () => {
    if ((await view.mayLose()) && (await guard.mayLeave())) onClose();
  };
  const discard = () => {
    if (form.changes.length > 0) setAsks("discard");
    else void leave();
  };
  const end = () => {
    guard.release();
    drafts.finish();
  };
  const review = async () => {
    if (connection.readOnly || request !== null || isChecking.current || view.stops()) return;
    if (!creating && form.changes.length === 0) return;
    isChecking.current = true;
    const checked = await form.submit();
    isChecking.current = false;
    if ("wrong" in checked) setJump(checked.wrong);
    else setRequest(requestOf(connection.id, webhook, source, checked.draft));
  };
  const saved = (rows: WebhookRow[]) => {
    end();
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
    void review();
  };
  const draftBanner = start.back && props.kept && (
    <DraftBanner
      form={form}
      keptMs={props.kept.keptMs}
      isChanged={start.back.isChanged}
      missing={start.back.missing}
      creating={creating}
    />
  );
  const sourceBanners = creating && (
    <SourceBanners
      offer={offer}
      values={form.values}
      source={source}
      other={props.other}
      onContinue={props.onContinueOther}
    />
  );
  const formNotices = (
    <FormNotices offer={offer} connection={connection} stray={form.stray} marks={webhook?.marks ?? []}>
      {draftBanner}
      {sourceBanners}
    </FormNotices>
  );
  return (
    <div className={styles.form} onKeyDown={onKeyDown}>
      <EditorFrame
        title={webhook?.title ?? "New webhook"}
        connection={connection}
        provider={provider}
        onBack={() => void leave()}
        scrollRef={scroller}
        onScroll={places.onScroll}
        aside={isWide ? <SampleAside view={sample} trial={trial} set={set} /> : null}
        rail={
          <SectionRail
            sections={sections}
            active={isJson ? null : places.active}
            onGo={(id) => {
              const first = shown.find((section) => section.id === id)?.fields[0];
              if (!first || !goTo(first.path)) places.go(id);
            }}
          />
        }
        header={
          <FormHeader
            capabilities={capabilities}
            provider={provider}
            creating={creating}
            isReadOnly={connection.readOnly}
            source={source}
            headingRef={heading}
            onStartFrom={() => setAsks("source")}
          >
            <ViewSwitch view={view} />
          </FormHeader>
        }
        footer={
          <FormFooter
            problems={isJson ? view.report.problems : form.problems}
            said={form.said}
            advice={sections.reduce((sum, { state }) => sum + state.advice, 0)}
            changes={form.changes.length}
            creating={creating}
            number={number}
            open={sections.filter(({ state }) => state.mark === "open").map(({ section }) => section.title)}
            isReadOnly={connection.readOnly}
            onJump={(path) => goTo(path) || setJump(path)}
            onDiscard={discard}
            onReview={() => void review()}
          />
        }
      >
        {isJson ? (
          <JsonPart
            view={view}
            notices={formNotices}
            form={form}
            offer={offer}
            webhook={webhook ?? source}
            creating={creating}
            providerName={provider.name}
            options={options}
            isReadOnly={connection.readOnly}
          />
        ) : (
          <>
            {formNotices}
            <EventFocusContext value={sample.focus}>
              <TrialContext value={trial}>
                <UrlCredentialsContext value={credentials}>
                  <FormSections
                    sections={shown}
                    form={form}
                    offer={offer}
                    webhook={webhook}
                    source={source}
                    connection={connection}
                    provider={provider}
                    options={options}
                    trees={trees}
                    belowEvents={isWide ? null : <SampleBelow view={sample} trial={trial} set={set} />}
                  />
                </UrlCredentialsContext>
              </TrialContext>
            </EventFocusContext>
          </>
        )}
      </EditorFrame>
      {request && (
        <ReviewDialog
          request={request}
          notices={notices}
          providers={props.providers}
          onClose={() => setRequest(null)}
          onRefused={refused}
          onReload={() => {
            end();
            props.onReload();
          }}
          onSaved={saved}
        />
      )}
      <LoseTextDialog view={view} />
      <FormDialogs
        asks={asks}
        leaving={guard.question}
        drafts={drafts}
        changes={form.changes.length}
        creating={creating}
        connection={connection}
        onAnswered={() => setAsks(null)}
        onDiscard={() => {
          end();
          onClose();
        }}
        onStartFrom={(id) => {
          end();
          props.onStartFrom(id);
        }}
      />
    </div>
  );
}
