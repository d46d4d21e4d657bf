import type { ThreeWay } from "~/bindings/ThreeWay";
import { cx } from "~/components";
import { ShownValue } from "./ShownValue";
import styles from "./tables.module.css";
import { verdictWords } from "./words";

/** The three versions of a webhook that was changed at the vendor while it was being edited. */
export function ThreeWayTable({ fields, provider }: { fields: ThreeWay[]; provider: string }) {
  return (
    <table className={styles.table} data-columns={4}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">When you opened it</th>
          <th scope="col">At {provider} now</th>
          <th scope="col">Yours</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.path}>
            <th scope="row">
              <bdi>{field.label}</bdi>
              <span className={cx(styles.verdict, field.verdict === "conflict" && styles.conflict)}>
                {verdictWords(field.verdict, provider)}
              </span>
            </th>
            <td>
              <ShownValue value={field.read} />
            </td>
            <td className={field.verdict === "yours" ? undefined : styles.theirs}>
              <ShownValue value={field.now} other={field.read} />
            </td>
            <td className={field.verdict === "theirs" ? undefined : styles.added}>
              <ShownValue value={field.yours} other={field.read} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
