import type { ReactElement, ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
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

export interface MenuProps {
  /** Names the menu for assistive technology. */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  items: readonly MenuEntry[];
  onAction: (id: string) => void;
  /** Ids that carry a tick; makes the entries choices. */
  checked?: readonly string[];
  /** With `checked`: whether several can be ticked. */
  several?: boolean;
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A button that opens a list of actions or choices. */
export function Menu(props: MenuProps) {
  const { label, trigger, items, onAction, checked, several = false, placement = "bottom start" } = props;
  const selection = checked
    ? ({ selectionMode: several ? "multiple" : "single", selectedKeys: checked } as const)
    : {};
  return (
    <MenuTrigger
      {...(props.isOpen === undefined ? {} : { isOpen: props.isOpen })}
      {...(props.onOpenChange === undefined ? {} : { onOpenChange: props.onOpenChange })}
    >
      {trigger}
      <Popover className={cx(styles.popover)} placement={placement} offset={4}>
        <AriaMenu
          aria-label={label}
          className={cx(styles.menu)}
          onAction={(key) => onAction(String(key))}
          shouldCloseOnSelect={!several}
          {...selection}
        >
          {items.map((item) => (
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
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
