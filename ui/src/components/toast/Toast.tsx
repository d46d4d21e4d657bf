import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import { IconButton } from "../icon-button/IconButton";
import { Button } from "../button/Button";
import styles from "./Toast.module.css";
import { type Toast, ToastContext } from "./useToast";

const lifetimeMs = 6000;

/** Draws the toasts of everything inside it: one at a time, bottom left, announced politely. */
export function ToastRegion({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<{ toast: Toast; key: number } | null>(null);
  const show = useCallback((toast: Toast) => {
    setCurrent((before) => ({ toast, key: (before?.key ?? 0) + 1 }));
  }, []);
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext value={value}>
      {children}
      <div className={cx(styles.region)} role="status">
        {current && <ToastCard key={current.key} toast={current.toast} onClose={() => setCurrent(null)} />}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onClose, lifetimeMs);
    return () => clearTimeout(timer);
  }, [held, onClose]);
  return (
    <div
      className={cx(styles.toast)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name="ok" className={styles.icon} />
      <span className={cx(styles.words)}>{toast.message}</span>
      {toast.action && (
        <Button
          size="sm"
          variant="ghost"
          onPress={() => {
            toast.action?.onPress();
            onClose();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" size="sm" onPress={onClose} />
    </div>
  );
}
