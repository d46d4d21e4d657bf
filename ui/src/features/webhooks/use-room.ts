import { type RefObject, useLayoutEffect, useState } from "react";

/** A column a few pixels wider is no reason to draw all rows anew. */
const STEP = 16;

/** The room inside a column of a table, in whole steps of pixels; measured at its heading alone. */
export function useRoom(table: RefObject<HTMLElement | null>, column: string): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const head = table.current?.querySelector<HTMLElement>(`[data-column="${column}"]`);
    if (!head) return undefined;
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(head);
      const inside =
        head.getBoundingClientRect().width - (parseFloat(paddingLeft) || 0) - (parseFloat(paddingRight) || 0);
      setRoom(Math.max(0, Math.floor(inside / STEP) * STEP));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(head);
    return () => observer.disconnect();
  }, [table, column]);
  return room;
}
