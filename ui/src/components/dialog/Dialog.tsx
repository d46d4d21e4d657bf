import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { cx } from "../cx";
import { IconButton } from "../icon-button/IconButton";
import styles from "./Dialog.module.css";

export interface DialogProps {
  title: ReactNode;
  /** Stands beside the title: an environment tag, a count. */
  aside?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  onClose: () => void;
  size?: "sm" | "md" | "lg";
  role?: "dialog" | "alertdialog";
  /** While false it stays open: no close button, and Esc does nothing. */
  canClose?: boolean;
}

/** A modal window. Mount it to open it; Esc and the close button call `onClose`; focus returns on unmount. */
export function Dialog({
  title,
  aside,
  children,
  footer,
  onClose,
  size = "md",
  role = "dialog",
  canClose = true,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled={!canClose}
      onOpenChange={(open) => !open && onClose()}
      className={cx(styles.scrim)}
    >
      <Modal className={cx(styles.modal, styles[size])}>
        <AriaDialog role={role} className={cx(styles.dialog)}>
          <header className={cx(styles.head)}>
            <Heading slot="title" level={2} className={cx(styles.title)}>
              {title}
            </Heading>
            {aside}
            <span className={cx(styles.space)} />
            {canClose && <IconButton icon="close" label="Close" onPress={onClose} />}
          </header>
          <div className={cx(styles.body)}>{children}</div>
          {footer !== undefined && <footer className={cx(styles.foot)}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
