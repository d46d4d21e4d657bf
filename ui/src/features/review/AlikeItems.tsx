import type { FieldChange } from "~/bindings/FieldChange";
import type { PlanItem } from "~/bindings/PlanItem";
import { ChangeTable } from "./ChangeTable";
import styles from "./ReviewDialog.module.css";
import { ShownValue } from "./ShownValue";
import tables from "./tables.module.css";
import { count } from "./words";

type Props = { items: PlanItem[]; provider: string };

/** Several items of one action: what differs among them in a table of rows, what is alike in all of them once. */
export function AlikeItems({ items, provider }: Props) {
  const { common, own } = splitChanges(items);
  const creating = items[0]?.action === "create";
  return (
    <>
      <table className={tables.table} data-columns={own.length + 1} data-rows="">
        <thead>
          <tr>
            <th scope="col">Webhook</th>
            {own.map(({ path, label }) => (
              <th key={path} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.index}>
              <th scope="row">
                <bdi className={styles.rowTitle} title={item.title}>
                  {item.title}
                </bdi>
              </th>
              {own.map(({ path }) => {
                const change = item.changes.find((one) => one.path === path);
                return (
                  <td key={path} className={change?.changed && !creating ? tables.added : undefined}>
                    {change ? <ShownValue value={change.after} /> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {common.length > 0 && (
        <section className={styles.alike} aria-label={`The same in all ${items.length}`}>
          <h3>The same in all {items.length}</h3>
          <ChangeTable
            changes={common}
            before={creating ? null : `In ${provider} now`}
            after={creating ? "Value" : "After saving"}
          />
        </section>
      )}
    </>
  );
}

/** Whether items are better shown together than each with a table of its own. */
export function areAlike(items: PlanItem[]): boolean {
  const [first] = items;
  if (!first || items.length < 2 || first.action === "delete") return false;
  if (items.some(({ state, action }) => state.type !== "ready" || action !== first.action)) return false;
  const { common, own } = splitChanges(items);
  return own.length <= 3 && (common.length > 0 || own.length === 0);
}

type Split = { common: FieldChange[]; own: { path: string; label: string }[] };

function splitChanges(items: PlanItem[]): Split {
  const all = new Map<string, FieldChange[]>();
  for (const change of items.flatMap(({ changes }) => changes)) {
    all.set(change.path, [...(all.get(change.path) ?? []), change]);
  }
  const common: FieldChange[] = [];
  const own: Split["own"] = [];
  for (const [path, changes] of all) {
    const [first] = changes;
    if (!first) continue;
    const same =
      changes.length === items.length &&
      changes.every((change) => JSON.stringify(change) === JSON.stringify(first));
    if (same) common.push(first);
    // The name stands in the first column already.
    else if (!isTitle(path, items)) own.push({ path, label: first.label });
  }
  return { common, own };
}

function isTitle(path: string, items: PlanItem[]): boolean {
  return items.every(({ changes, title }) => {
    const after = changes.find((change) => change.path === path)?.after;
    return after?.type === "text" && after.text === title;
  });
}

/** "3 webhooks are created". */
export function alikeWords(items: PlanItem[]): string {
  const verb = items[0]?.action === "create" ? "created" : "changed";
  return `${count(items.length, "webhook")} ${items.length === 1 ? "is" : "are"} ${verb}`;
}
