import type { Action } from "~/bindings/Action";
import type { PlanItem } from "~/bindings/PlanItem";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import type { ThreeWayVerdict } from "~/bindings/ThreeWayVerdict";
import { environmentName } from "~/components";

/** "1 change", "2 changes". */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}

export function itemsOf(view: PlanView): PlanItem[] {
  return view.groups.flatMap((group) => group.items);
}

/** The confirming button's words, the organisation's own name apart, since it may be anything. */
export type ConfirmWords = { verb: string; name: string; environment: string };

/** The confirming button names what happens and where. */
export function confirmWords(view: PlanView, request: PlanRequest | null = null): ConfirmWords {
  const ready = view.groups.filter((group) => group.items.some((item) => item.state.type === "ready"));
  const verbs: Record<Action, [string, string]> = {
    create: ["Create", "in"],
    update: ["Save", "to"],
    delete: ["Delete", "from"],
  };
  const action = itemsOf(view).find((item) => item.state.type === "ready")?.action ?? "update";
  const [verb, preposition] =
    request?.type === "switch" ? [request.on ? "Turn on" : "Turn off", "in"] : verbs[action];
  const number = view.writable > 1 || request?.type === "switch" ? ` ${count(view.writable, "webhook")}` : "";
  const [only] = ready;
  const does = `${verb}${number} ${preposition}`;
  if (ready.length !== 1 || !only) {
    return { verb: does, name: count(ready.length, "organisation"), environment: "" };
  }
  const { label, environment } = only.connection;
  return { verb: does, name: label, environment: ` (${environmentName(environment)})` };
}

export const doneWords: Record<Action, string> = { create: "Created", update: "Saved", delete: "Deleted" };

/** Who changed a field, in words. */
export function verdictWords(verdict: ThreeWayVerdict, provider: string): string {
  switch (verdict) {
    case "theirs":
      return `Changed at ${provider}. Stays so`;
    case "yours":
      return "Changed by you";
    case "same":
      return "Changed alike by both";
    case "conflict":
      return "Changed by both. Yours would win";
  }
}

/** What a write says of which only a part was done. */
export const incompleteWords: Record<Action, string> = {
  create:
    "It was created, but a later step failed. Open it to complete it; creating it again would make a second one.",
  update: "It was saved, but a later step failed. Open it to see what is missing.",
  delete: "It was deleted, but a later step failed.",
};

/** What a recovered write says. */
export function recoveredWords(action: Action): string {
  const what = { create: "it was created", update: "the change was saved", delete: "it was deleted" }[action];
  return `The answer was lost; reading again showed ${what}. Nothing was sent twice.`;
}
