import { type RefObject, useRef, useState } from "react";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Section } from "~/bindings/Section";

/** Which section the form is scrolled to. */
export function useSectionInSight(scroller: RefObject<HTMLDivElement | null>, sections: Section[]) {
  const [active, setActive] = useState(sections[0]?.id ?? null);
  const chosen = useRef(false);
  const all = () => [...(scroller.current?.querySelectorAll<HTMLElement>("[data-section]") ?? [])];
  return {
    active,
    go: (id: string) => {
      const section = all().find((element) => element.dataset["section"] === id);
      chosen.current = true;
      setActive(id);
      section?.scrollIntoView({ block: "start" });
    },
    onScroll: () => {
      // The scroll that a press on the rail caused must not mark another section.
      if (chosen.current) {
        chosen.current = false;
        return;
      }
      const pane = scroller.current;
      if (!pane) return;
      const top = pane.getBoundingClientRect().top + 48;
      const isAtEnd = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 2;
      const passed = all().filter((element) => element.getBoundingClientRect().top <= top);
      const current = isAtEnd ? all().at(-1) : passed.at(-1);
      if (current?.dataset["section"]) setActive(current.dataset["section"]);
    },
  };
}

/** Puts the focus into a field: its wrong part if it has one. */
export function focusField(root: HTMLElement | null, path: FieldPath): void {
  const fields = [...(root?.querySelectorAll<HTMLElement>("[data-path]") ?? [])];
  const field = fields.find((element) => element.dataset["path"]?.split(" ").includes(path));
  const target =
    field?.querySelector<HTMLElement>(
      'input[aria-invalid="true"], textarea[aria-invalid="true"], [contenteditable][aria-invalid="true"]',
    ) ??
    field?.querySelector<HTMLElement>(
      'input:not([disabled]), textarea:not([disabled]), [contenteditable="true"], [tabindex="0"], button:not([disabled])',
    );
  target?.focus();
  field?.scrollIntoView({ block: "nearest" });
}
