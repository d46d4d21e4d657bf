import type { ReactElement } from "react";
import { Menu as AriaMenu, MenuTrigger, Popover } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Menu.module.css";
import { type MenuEntry, menuItems } from "./menu-items";

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
          {menuItems(items, checked)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
