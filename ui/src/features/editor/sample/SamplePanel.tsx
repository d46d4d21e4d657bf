import { useMemo } from "react";
import type { Sample } from "~/bindings/Sample";
import { Banner, Button, LinkButton, Segmented, Select, Skeleton, useCopy } from "~/components";
import { CodeEditor } from "~/components/editing";
import type { ConditionSet } from "~/components/conditions/types";
import type { Trial } from "./contexts";
import { formPairs } from "./form-text";
import { PastDeliveries } from "./PastDeliveries";
import styles from "./SamplePanel.module.css";
import { isJson, type SampleView } from "./use-samples";
import { Verdict } from "./Verdict";
import { marksOf } from "./verdict";

interface Props {
  view: SampleView;
  trial: Trial;
  set: ConditionSet;
  /** Whether what surrounds it names it already. */
  isNamed?: boolean;
}

/** What is sent for an event, as an example or as it was sent: what it means, and what the conditions make of it. */
export function SamplePanel({ view, trial, set, isNamed = false }: Props) {
  const { past, source, text, sample } = view;
  const isForm = source === "example" && sample !== null && !isJson(sample);
  return (
    <div className={styles.panel}>
      {(!isNamed || text !== null) && (
        <div className={styles.head}>
          {!isNamed && <h2>Sample payload</h2>}
          {text !== null && <Copy key={text} text={text} label={isForm ? "Copy as sent" : "Copy"} />}
        </div>
      )}
      {past !== null && (
        <div className={styles.source}>
          <Segmented
            label="Source of the sample"
            value={source}
            onChange={view.chooseSource}
            options={[
              { value: "example", label: "Example" },
              { value: "past", label: "Past delivery" },
            ]}
          />
        </div>
      )}
      {source === "past" && past !== null ? (
        <PastDeliveries past={past} provider={trial.provider} />
      ) : (
        <Example view={view} />
      )}
      {text !== null && (
        <>
          <Verdict set={set} trial={trial} isBroken={view.isBroken} isEdited={view.isEdited} />
          {isForm ? (
            <FormText text={text} contentType={sample.contentType} />
          ) : (
            <Body view={view} text={text} trial={trial} />
          )}
        </>
      )}
    </div>
  );
}

/** Which event's example it is, and what the event means. */
function Example({ view }: { view: SampleView }) {
  const { event, sample } = view;
  if (event === null) return <p className={styles.note}>Choose an event to see what is sent for it.</p>;
  return (
    <>
      <Which view={view} id={event.id} />
      {event.description !== null && (
        <p className={styles.meaning}>
          <bdi>{event.description}</bdi>
        </p>
      )}
      {event.remark !== null && (
        <Banner tone="warn">
          <bdi>{event.remark}</bdi>
        </Banner>
      )}
      <State view={view} />
      {sample && <Variant view={view} sample={sample} />}
    </>
  );
}

/** More are not listed: the event in focus in the picker is the one that is shown. */
const LISTED = 60;

function Which({ view, id }: { view: SampleView; id: string }) {
  if (view.choices.length < 2 || view.choices.length > LISTED) {
    return (
      <bdi className={styles.event} title={id}>
        {id}
      </bdi>
    );
  }
  return (
    <Select
      label="Event of the sample"
      layout="bare"
      value={id}
      onChange={view.choose}
      options={view.choices.map((value) => ({ value, label: value }))}
    />
  );
}

/** What stands there while there is no sample. */
function State({ view }: { view: SampleView }) {
  if (view.problem !== null) {
    return (
      <Banner tone="error" action={<LinkButton onPress={view.retry}>Try again</LinkButton>}>
        The sample could not be read: <bdi>{view.problem}</bdi>
      </Banner>
    );
  }
  if (view.sample !== null) return null;
  return view.isLoading ? (
    <Skeleton width="60%" />
  ) : (
    <p className={styles.note}>There is no sample of this event.</p>
  );
}

function Variant({ view, sample }: { view: SampleView; sample: Sample }) {
  if (view.variants.length < 2) {
    return (
      <p className={styles.note}>
        <bdi>{sample.label}</bdi>
      </p>
    );
  }
  return (
    <Select
      label="Kind of sample"
      layout="bare"
      value={sample.label}
      onChange={view.chooseVariant}
      options={view.variants.map(({ label }) => ({ value: label, label }))}
    />
  );
}

function Body({ view, text, trial }: { view: SampleView; text: string; trial: Trial }) {
  const { evaluation, isOld } = trial;
  const marks = useMemo(() => (isOld ? [] : marksOf(evaluation)), [evaluation, isOld]);
  return (
    <>
      <CodeEditor
        label="Sample payload"
        language="json"
        subject={view.key}
        value={text}
        onChange={view.edit}
        readOnly={!view.isEditable}
        marks={marks}
        maxLines={28}
      />
      <div className={styles.foot}>
        {marks.length > 0 && (
          <>
            <span className={styles.key} data-tone="match">
              matches
            </span>
            <span className={styles.key} data-tone="noMatch">
              does not match
            </span>
          </>
        )}
        <span className={styles.editing}>
          {view.isEdited ? (
            <>
              Edited here only <LinkButton onPress={view.reset}>Reset sample</LinkButton>
            </>
          ) : (
            view.isEditable && "Editable, stays on this computer"
          )}
        </span>
      </div>
    </>
  );
}

/** A form as names and values: what is sent is one long line. */
function FormText({ text, contentType }: { text: string; contentType: string }) {
  return (
    <>
      <dl className={styles.pairs} tabIndex={0} aria-label="Sample payload, decoded">
        {formPairs(text).map(({ name, value }, at) => (
          // A name may stand there several times.
          <div key={at}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value === "" ? "(empty)" : value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        Decoded for reading; sent as <code>{contentType}</code>.
      </p>
    </>
  );
}

function Copy({ text, label }: { text: string; label: string }) {
  const { copy, said } = useCopy();
  return (
    <>
      <span role="status" className={styles.said}>
        {said}
      </span>
      <Button size="sm" variant="ghost" aria-label={`${label}: sample payload`} onPress={() => copy(text)}>
        {label}
      </Button>
    </>
  );
}
