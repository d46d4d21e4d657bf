import type { FieldChange } from "~/bindings/FieldChange";
import { ShownValue } from "./ShownValue";
import styles from "./tables.module.css";

type Props = {
  changes: FieldChange[];
  /** Headings of the two values; a new webhook has no "before". */
  before: string | null;
  after: string;
};

/** The difference field by field. What is only kept is listed without colour. */
export function ChangeTable({ changes, before, after }: Props) {
  return (
    <table className={styles.table} data-columns={before === null ? 2 : 3}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {before !== null && <th scope="col">{before}</th>}
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path}>
            <th scope="row">
              <bdi>{change.label}</bdi>
            </th>
            {before !== null && (
              <td className={change.changed ? styles.removed : undefined}>
                <ShownValue value={change.before} other={change.after} side="before" />
              </td>
            )}
            <td className={change.changed && before !== null ? styles.added : undefined}>
              <ShownValue value={change.after} other={before === null ? undefined : change.before} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
