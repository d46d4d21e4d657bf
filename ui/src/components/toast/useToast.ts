import { createContext, type ReactNode, use } from "react";

/** Something that went well. Errors are never toasts. */
export interface Toast {
  message: ReactNode;
  action?: { label: string; onPress: () => void };
}

export const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a toast for six seconds. */
export function useToast(): (toast: Toast) => void {
  return use(ToastContext);
}
