import { Checkbox, Select } from "~/components";
import styles from "./Conditions.module.css";
import { listState } from "./edits";
import type { ConditionSpec, FieldCondition } from "./types";

type Props = {
  row: FieldCondition;
  spec: ConditionSpec;
  /** What the row is called. */
  name: string;
  isDisabled: boolean;
  onChange: (row: FieldCondition) => void;
};

/** As what a field is compared, and how its items are if it is a list. */
export function CompareOptions({ row, spec, name, isDisabled, onChange }: Props) {
  const types = withKept(spec.fieldTypes, row.fieldType);
  const modes = withKept(spec.itemModes, row.item);
  return (
    <div className={styles.options}>
      {types.length > 1 && (
        <>
          <span aria-hidden="true">Compared as</span>
          <div className={styles.option}>
            <Select
              label={`${name}, compared as`}
              layout="bare"
              value={row.fieldType}
              options={types}
              isDisabled={isDisabled}
              onChange={(fieldType) => onChange({ ...row, fieldType })}
            />
          </div>
        </>
      )}
      <Checkbox
        isSelected={row.isArray}
        isDisabled={isDisabled}
        onChange={(isArray) => onChange({ ...row, ...listState(row, isArray, spec) })}
      >
        The field is a list
      </Checkbox>
      {row.isArray && modes.length > 0 && (
        <div className={styles.option}>
          <Select
            label={`${name}, items`}
            layout="bare"
            value={row.item}
            options={modes}
            isDisabled={isDisabled}
            onChange={(item) => onChange({ ...row, item })}
          />
        </div>
      )}
    </div>
  );
}

/** The same in a few words, where it is not what a new row has; empty otherwise. */
export function compareWords(row: FieldCondition, spec: ConditionSpec): string {
  const parts: string[] = [];
  const type = withKept(spec.fieldTypes, row.fieldType).find(({ value }) => value === row.fieldType);
  if (type && type.value !== spec.fieldTypes[0]?.value) parts.push(`compared as ${type.label.toLowerCase()}`);
  if (row.isArray) {
    const mode = spec.itemModes.find(({ value }) => value === row.item)?.label.toLowerCase() ?? row.item;
    parts.push(mode === null ? "a list" : `a list, ${mode}`);
  }
  return parts.join(", ");
}

// What the spec lacks is kept and shown by its own name.
function withKept(
  options: readonly { value: string; label: string }[],
  value: string | null,
): { value: string; label: string }[] {
  const known = options.map((option) => ({ value: option.value, label: option.label }));
  if (value === null || value === "" || known.some((option) => option.value === value)) return known;
  return [...known, { value, label: value }];
}
