import { useEffect, useRef } from "react";

export interface Shortcuts {
  focusSearch: () => void;
  create: () => void;
  refresh: () => void;
  settings: () => void;
}

/** Where text can be selected, as the style sheet says. */
const selectable = "input, textarea, dd, code, pre, [data-selectable]";

/** Keys that work anywhere in the main window, but never behind a dialog. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      // The window must never reload itself, whatever is open.
      if (key === "f5" || (control && key === "r")) event.preventDefault();
      else if (event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      const action = actionOf(event, key, control);
      if (!action) return;
      event.preventDefault();
      if (action === "nextPane") focusNextPane(event.shiftKey);
      else latest.current[action]();
    };
    // The engine's own menu offers to reload the window; text keeps it for copying.
    const onContextMenu = (event: MouseEvent) => {
      const text = event.target instanceof Element && event.target.closest(selectable);
      if (!text) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("contextmenu", onContextMenu);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("contextmenu", onContextMenu);
    };
  }, []);
}

function actionOf(event: KeyboardEvent, key: string, control: boolean): keyof Shortcuts | "nextPane" | null {
  if (event.altKey) return null;
  if (key === "f6") return "nextPane";
  if (key === "f5") return "refresh";
  if (control) return ({ n: "create", r: "refresh", ",": "settings" } as const)[key] ?? null;
  const typing =
    event.target instanceof HTMLElement && event.target.closest("input, textarea, [contenteditable]");
  return key === "/" && !typing ? "focusSearch" : null;
}

/** Moves the focus to the next part of the window: sidebar, list, details. */
function focusNextPane(backwards: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + (backwards ? panes.length - 1 : 1)) % panes.length];
  next?.querySelector<HTMLElement>('[role="row"][tabindex="0"], button, input, [tabindex="0"]')?.focus();
}
