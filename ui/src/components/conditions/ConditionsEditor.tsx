import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { cx, Icon, LinkButton, Segmented } from "~/components";
import { useRowKeys } from "../named-value/use-row-keys";
import { completeFromSample } from "./complete";
import styles from "./Conditions.module.css";
import { ConditionRow } from "./ConditionRow";
import { newExpression, newField, withCopy, withMoved, withoutRow, withRow } from "./edits";
import { sampleFields } from "./paths";
import type { Condition, ConditionSet, ConditionSpec, Evaluation } from "./types";

export interface ConditionsEditorProps {
  label: string;
  /** The words before "All match", such as "Send when". */
  lead?: string;
  value: ConditionSet;
  onChange: (value: ConditionSet) => void;
  onBlur?: () => void;
  spec: ConditionSpec;
  /** A payload, for the names of its fields; `undefined` where there is none. */
  sample: unknown;
  /** How the conditions do against that sample, from `useEvaluation`. */
  evaluation: Evaluation | null;
  /** The sample has changed since to what is none. */
  isOld?: boolean;
  /** What the provider says is wrong, by row. */
  errors?: ReadonlyMap<number, string>;
  isDisabled?: boolean;
  describedBy?: string | undefined;
}

const NO_ERRORS: ReadonlyMap<number, string> = new Map();

/** Conditions a payload must meet: fields compared, or expressions, all or any of them. */
export function ConditionsEditor({
  errors = NO_ERRORS,
  isDisabled = false,
  isOld = false,
  ...props
}: ConditionsEditorProps) {
  const { label, value, onChange, spec, sample, evaluation, describedBy } = props;
  const { lead = "Send when" } = props;
  const rows = useRowKeys(value.rows.length);
  const frame = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(-1);
  const { fields, complete } = useSample(sample);
  const isFull = value.rows.length >= spec.max;
  const many = `${value.rows.length} of ${spec.max} conditions`;
  const [said, setSaid] = useState("");
  const held = useRef<HTMLElement | null>(null);
  // An element that is moved in the document loses the focus.
  useLayoutEffect(() => {
    held.current?.focus();
    held.current = null;
  }, [value]);

  const add = (row: Condition) => {
    setAdded(value.rows.length);
    onChange({ ...value, rows: [...value.rows, row] });
  };
  const remove = (at: number) => {
    const buttons = [...(frame.current?.querySelectorAll<HTMLElement>("[data-remove] button") ?? [])];
    const heir =
      buttons[at + 1] ?? buttons[at - 1] ?? frame.current?.querySelector<HTMLElement>("[data-add] button");
    heir?.focus();
    rows.remove(at);
    onChange(withoutRow(value, at));
  };

  const copy = (at: number) => {
    rows.insert(at + 1);
    setAdded(at + 1);
    setSaid(`Copied as condition ${at + 2}`);
    onChange(withCopy(value, at));
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= value.rows.length) return;
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && frame.current?.contains(activeElement)) {
      held.current = activeElement;
    }
    rows.move(from, to);
    setSaid(`Condition ${from + 1} is now condition ${to + 1}`);
    onChange(withMoved(value, from, to));
  };

  return (
    <div
      ref={frame}
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onBlur?.();
      }}
    >
      <div className={styles.head}>
        <span className={styles.lead} aria-hidden="true">
          {lead}
        </span>
        <Segmented
          label={lead}
          value={value.all ? "all" : "any"}
          isDisabled={isDisabled}
          onChange={(next) => onChange({ ...value, all: next === "all" })}
          options={[
            { value: "all", label: "All match" },
            { value: "any", label: "Any match" },
          ]}
        />
        <Summary evaluation={evaluation} isOld={isOld} />
      </div>
      {value.rows.length > 0 && (
        <div className={styles.rows}>
          {value.rows.map((row, at) => (
            <ConditionRow
              key={rows.keys[at] ?? at}
              number={at + 1}
              lead={at === 0 ? "Where" : value.all ? "and" : "or"}
              row={row}
              spec={spec}
              fields={fields}
              complete={complete}
              result={evaluation?.rows[at]}
              isOld={isOld}
              isLast={at === value.rows.length - 1}
              canCopy={!isFull}
              error={errors.get(at)}
              isDisabled={isDisabled}
              autoFocus={at === added}
              onChange={(next) => onChange(withRow(value, at, next))}
              onRemove={() => remove(at)}
              onCopy={() => copy(at)}
              onMove={(by) => move(at, at + by)}
            />
          ))}
        </div>
      )}
      <div className={styles.foot} data-add>
        <LinkButton isDisabled={isDisabled || isFull} onPress={() => add(newField(spec))}>
          <Icon name="plus" size={14} />
          Add condition
        </LinkButton>
        {spec.expressionMaxLength !== null && (
          <>
            <span aria-hidden="true">·</span>
            <LinkButton isDisabled={isDisabled || isFull} onPress={() => add(newExpression())}>
              Add JSONata condition
            </LinkButton>
          </>
        )}
        <span className={styles.count} role="status">
          {isFull ? `${many}, the most that can be kept` : many}
        </span>
        <span className="visually-hidden" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}

function useSample(sample: unknown) {
  return useMemo(() => {
    const fields = sampleFields(sample);
    return { fields, complete: completeFromSample(fields) };
  }, [sample]);
}

/** How the rows did, in one line. */
function Summary({ evaluation, isOld }: { evaluation: Evaluation | null; isOld: boolean }) {
  const words = evaluation ? summaryWords(evaluation) : null;
  return (
    <span className={cx(styles.summary)} data-tone={isOld ? "old" : words?.tone} role="status">
      {words && (
        <>
          <Icon name={words.tone === "ok" ? "ok" : "warning"} size={14} />
          {words.text}
          {isOld && ", before it was changed"}
        </>
      )}
    </span>
  );
}

function summaryWords({ rows }: Evaluation): { tone: "ok" | "warn"; text: string } | null {
  if (rows.length === 0) return null;
  const open = rows.filter(({ problem }) => problem !== undefined).length;
  const failed = rows.filter(({ ok, problem }) => !ok && problem === undefined).length;
  if (open > 0 && failed === 0)
    return { tone: "warn", text: `${open} of ${rows.length} could not be checked` };
  if (failed === 0)
    return { tone: "ok", text: rows.length === 1 ? "Matches the sample" : "All match the sample" };
  const verb = failed === 1 ? "does" : "do";
  return { tone: "warn", text: `${failed} of ${rows.length} ${verb} not match the sample` };
}
