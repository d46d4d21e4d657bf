import { useRef } from "react";
import { Menu as AriaMenu, Popover } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Menu.module.css";
import { type MenuEntry, menuItems } from "./menu-items";

export interface ContextMenuProps {
  label: string;
  items: readonly MenuEntry[];
  /** Where it opens, in pixels of the window. */
  at: { x: number; y: number };
  onAction: (id: string) => void;
  onClose: () => void;
}

/** A menu at a place of the window. Mount it to open it; the focus returns to where it was. */
export function ContextMenu({ label, items, at, onAction, onClose }: ContextMenuProps) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={place} className={cx(styles.place)} style={{ left: at.x, top: at.y }} aria-hidden="true" />
      <Popover
        triggerRef={place}
        isOpen
        onOpenChange={(open) => !open && onClose()}
        placement="bottom start"
        offset={0}
        className={cx(styles.popover)}
      >
        <AriaMenu
          aria-label={label}
          autoFocus="first"
          className={cx(styles.menu)}
          onAction={(key) => onAction(String(key))}
          onClose={onClose}
        >
          {menuItems(items)}
        </AriaMenu>
      </Popover>
    </>
  );
}
