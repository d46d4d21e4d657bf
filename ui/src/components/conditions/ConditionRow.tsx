import { useId, useState } from "react";
import { Icon, IconButton, Menu, Select } from "~/components";
import { CodeEditor } from "../code-editor/CodeEditor";
import type { Complete } from "../code-editor/types";
import { CompareOptions, compareWords } from "./CompareOptions";
import styles from "./Conditions.module.css";
import { withField, withOperation } from "./edits";
import { conditionProblem, kindOf, operationOf } from "./evaluate";
import { FieldBox } from "./FieldBox";
import type { SampleField } from "./paths";
import type { Condition, ConditionSpec, ExpressionCondition, FieldCondition, RowResult } from "./types";
import { ValuesBox } from "./ValuesBox";

type Props = {
  number: number;
  /** The word before it: Where, and, or. */
  lead: string;
  row: Condition;
  spec: ConditionSpec;
  fields: readonly SampleField[];
  complete: Complete;
  result: RowResult | undefined;
  /** The result is of what the sample was. */
  isOld: boolean;
  isLast: boolean;
  /** Whether there is room for one more. */
  canCopy: boolean;
  error: string | undefined;
  isDisabled: boolean;
  /** It was just added: its first box takes the focus. */
  autoFocus: boolean;
  onChange: (row: Condition) => void;
  onRemove: () => void;
  onCopy: () => void;
  onMove: (by: 1 | -1) => void;
};

/** One condition, with its result against the sample. */
export function ConditionRow(props: Props) {
  const { number, row, spec, result, isDisabled, error } = props;
  const [wasLeft, setLeft] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const name = `Condition ${number}`;
  const problem = error ?? (wasLeft ? (conditionProblem(row, spec) ?? result?.problem) : undefined);
  // A row that is not filled in yet has no result worth a mark.
  const shown = result?.problem === undefined ? result : undefined;
  const words = problem ?? (shown && !shown.ok ? shown.why : "");
  const compared = row.kind === "field" && !isOpen ? compareWords(row, spec) : "";
  return (
    <div
      data-row
      className={styles.row}
      role="group"
      aria-label={name}
      aria-describedby={`${id}-words`}
      onKeyDownCapture={(event) => {
        const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
        // In an expression these keys move its lines.
        const isCode = event.target instanceof Element && event.target.closest("[contenteditable]") !== null;
        if (by === null || !event.altKey || isCode || isDisabled) return;
        event.preventDefault();
        event.stopPropagation();
        props.onMove(by);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setLeft(true);
      }}
    >
      <span className={styles.lead} aria-hidden="true">
        {props.lead}
      </span>
      <div className={styles.main}>
        {row.kind === "field" ? (
          <FieldParts {...props} row={row} isInvalid={problem !== undefined} />
        ) : (
          <ExpressionPart
            {...props}
            row={row}
            isInvalid={problem !== undefined}
            describedBy={`${id}-words`}
          />
        )}
        {row.kind === "field" && isOpen && (
          <CompareOptions
            row={row}
            spec={spec}
            name={name}
            isDisabled={isDisabled}
            onChange={props.onChange}
          />
        )}
        <p
          id={`${id}-words`}
          className={styles.words}
          data-tone={problem !== undefined ? "error" : props.isOld ? "old" : "warn"}
        >
          {words}
          {compared !== "" && (
            <span className={styles.compared}>
              {words !== "" && " · "}
              {compared}
            </span>
          )}
        </p>
      </div>
      <div className={styles.end}>
        <ResultMark result={shown} hasProblem={problem !== undefined} isOld={props.isOld} />
        {row.kind === "field" && (
          <IconButton
            icon="settings"
            size="sm"
            label={`How condition ${number} is compared`}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          />
        )}
        <RowMenu {...props} />
        <span data-remove>
          <IconButton
            icon="close"
            size="sm"
            label={`Remove condition ${number}`}
            isDisabled={isDisabled}
            onPress={props.onRemove}
          />
        </span>
      </div>
    </div>
  );
}

/** What can be done with a row as a whole; moving it also by Alt and an arrow. */
function RowMenu({ number, isLast, canCopy, isDisabled, onCopy, onMove }: Props) {
  return (
    <Menu
      label={`Condition ${number}`}
      placement="bottom end"
      trigger={
        <IconButton icon="dots" size="sm" label={`More for condition ${number}`} isDisabled={isDisabled} />
      }
      items={[
        { id: "copy", label: "Duplicate", isDisabled: !canCopy },
        { id: "up", label: "Move up", aside: "Alt ↑", isDisabled: number === 1 },
        { id: "down", label: "Move down", aside: "Alt ↓", isDisabled: isLast },
      ]}
      onAction={(id) => {
        if (id === "copy") onCopy();
        else onMove(id === "up" ? -1 : 1);
      }}
    />
  );
}

type MarkProps = { result: RowResult | undefined; hasProblem: boolean; isOld: boolean };

function ResultMark({ result, hasProblem, isOld }: MarkProps) {
  if (!result && !hasProblem) return <span className={styles.mark} />;
  const tone = hasProblem ? "error" : result?.ok ? "ok" : "warn";
  const words = hasProblem ? "Not checked" : result?.ok ? "Matches the sample" : "Does not match the sample";
  return (
    <span className={styles.mark} data-tone={isOld ? "old" : tone} title={result?.why ?? words}>
      <Icon name={tone === "warn" ? "warning" : tone} size={14} />
      <span className="visually-hidden">
        {words}
        {result?.ok ? `: ${result.why}` : ""}
      </span>
    </span>
  );
}

type FieldPartsProps = Omit<Props, "row"> & { row: FieldCondition; isInvalid: boolean };

function FieldParts({ row, spec, number, fields, ...props }: FieldPartsProps) {
  const { isDisabled, isInvalid, autoFocus, onChange } = props;
  // A value that is missing or odd is the fault of its box, anything else that of the field's.
  const isValueBad = isInvalid && row.field.trim() !== "" && conditionProblem(row, spec) !== null;
  const operation = operationOf(row, spec);
  // Values an operation without values let go come back with the next one that has some.
  const [before, setBefore] = useState<readonly string[]>([]);
  const options = spec.operations.map(({ id, label }) => ({ value: id, label }));
  if (!operation) options.unshift({ value: row.operation, label: `${row.operation} (unknown)` });
  return (
    <div className={styles.parts}>
      <div className={styles.field}>
        <FieldBox
          label={`Field of condition ${number}`}
          value={row.field}
          fields={fields}
          isDisabled={isDisabled}
          isInvalid={isInvalid && !isValueBad}
          autoFocus={autoFocus}
          onChange={(field) => onChange({ ...row, field })}
          onChoose={(field) => onChange(withField(row, field.path, field.value, spec))}
        />
      </div>
      <div className={styles.operation}>
        <Select
          label={`Operation of condition ${number}`}
          layout="bare"
          value={row.operation}
          options={options}
          isDisabled={isDisabled}
          onChange={(id) => {
            const next = spec.operations.find((one) => one.id === id);
            if (!next) return;
            if (row.values.length > 0) setBefore(row.values);
            onChange(withOperation(row, next, before));
          }}
        />
      </div>
      <div className={styles.values}>
        <ValuesBox
          label={`${operation?.values === "many" || !operation ? "Values" : "Value"} of condition ${number}`}
          takes={operation?.values ?? "many"}
          kind={kindOf(row.fieldType, spec)}
          values={row.values}
          isDisabled={isDisabled}
          isInvalid={isValueBad}
          onChange={(values) => onChange({ ...row, values })}
        />
      </div>
    </div>
  );
}

type ExpressionPartProps = Omit<Props, "row"> & {
  row: ExpressionCondition;
  isInvalid: boolean;
  describedBy: string;
};

function ExpressionPart({
  autoFocus,
  row,
  spec,
  number,
  complete,
  isDisabled,
  isInvalid,
  describedBy,
  onChange,
}: ExpressionPartProps) {
  const most = spec.expressionMaxLength;
  const length = Array.from(row.expression).length;
  return (
    <>
      <CodeEditor
        label={`JSONata expression of condition ${number}`}
        language="jsonata"
        value={row.expression}
        minLines={1}
        maxLines={8}
        readOnly={isDisabled}
        isInvalid={isInvalid}
        autoFocus={autoFocus}
        complete={complete}
        describedBy={describedBy}
        onChange={(expression) => onChange({ ...row, expression })}
      />
      {most !== null && length > most * 0.8 && (
        <span className={styles.length} data-over={length > most || undefined} role="status">
          {length.toLocaleString("en-GB")} of {most.toLocaleString("en-GB")} characters
        </span>
      )}
    </>
  );
}
