import type { ReactNode } from "react";
import { MenuItem } from "react-aria-components";
import { cx } from "../cx";
import { Icon, type IconName } from "../icon/Icon";
import styles from "./Menu.module.css";

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  /** Stands at the end of the line: a count, a tag. */
  aside?: ReactNode;
  danger?: boolean;
  isDisabled?: boolean;
}

/** The lines of a menu; with `checked` each one can carry a tick. */
export function menuItems(items: readonly MenuEntry[], checked?: readonly string[]): ReactNode {
  return items.map((item) => (
    <MenuItem
      key={item.id}
      id={item.id}
      textValue={item.label}
      isDisabled={item.isDisabled ?? false}
      className={cx(styles.item, item.danger && styles.danger)}
    >
      {checked && (
        <span className={cx(styles.tick)}>
          {checked.includes(item.id) && <Icon name="check" size={14} />}
        </span>
      )}
      {item.icon && <Icon name={item.icon} size={14} />}
      <bdi className={cx(styles.text)} title={item.label}>
        {item.label}
      </bdi>
      {item.aside !== undefined && <span className={cx(styles.aside)}>{item.aside}</span>}
    </MenuItem>
  ));
}
