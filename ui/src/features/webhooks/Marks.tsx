import type { Mark } from "~/bindings/Mark";
import type { MarkKind } from "~/bindings/MarkKind";
import { cx, Icon, type IconName } from "~/components";
import styles from "./Marks.module.css";

const icons: Record<MarkKind, IconName> = {
  protected: "shield",
  managed: "layers",
  incomplete: "warning",
  otherTool: "link",
};

/** What is special about a row, each with its meaning as tooltip. */
export function Marks({ marks }: { marks: readonly Mark[] }) {
  return marks.map(({ kind, label, words }) => (
    <span key={`${kind} ${label}`} className={cx(styles.mark, styles[kind])} title={words}>
      <Icon name={icons[kind]} size={12} />
      <bdi className={styles.word}>{label}</bdi>
      <span className="visually-hidden">{words}</span>
    </span>
  ));
}
