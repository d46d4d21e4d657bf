import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { EventId } from "~/bindings/EventId";
import type { EventType } from "~/bindings/EventType";
import type { Offer } from "~/bindings/Offer";
import type { Sample } from "~/bindings/Sample";
import type { Webhook } from "~/bindings/Webhook";
import { allFields, type FormValues, holds } from "../form/form-state";
import { useSettled } from "../use-settled";
import type { EventFocus } from "./contexts";
import { type PastView, usePastSample } from "./use-past-sample";

/** What is tried: the vendor's example, or what was sent before. */
export type SampleSource = "example" | "past";

/** The sample in sight, and what can be done with it. */
export interface SampleView {
  /** Where the sample comes from, and past deliveries; null where there are none to choose from. */
  source: SampleSource;
  chooseSource: (source: SampleSource) => void;
  past: PastView | null;
  /** Whose sample it is; nothing while no event is chosen. */
  event: EventType | null;
  /** The events it can be switched to. */
  choices: EventId[];
  choose: (event: EventId) => void;
  /** Those the vendor could send as the form stands. */
  variants: Sample[];
  sample: Sample | null;
  chooseVariant: (label: string) => void;
  /** Tells one sample from the next, however it is edited. */
  key: string;
  /** The text as it was edited here, or the vendor's; null while there is no sample. */
  text: string | null;
  /** The payload a filter sees; nothing while the text is not JSON. It keeps its identity between renders. */
  payload: unknown;
  /** Whether there is a text which is not JSON. */
  isBroken: boolean;
  isEditable: boolean;
  isEdited: boolean;
  edit: (text: string) => void;
  reset: () => void;
  isLoading: boolean;
  problem: string | null;
  retry: () => void;
  focus: EventFocus;
}

/** Samples of the event in focus, or else of the one chosen last. What is edited stays here. */
export function useSamples(
  connection: ConnectionId,
  offer: Offer,
  values: FormValues,
  webhook: Webhook | null,
): SampleView {
  const backend = useBackend();
  const [wanted, setWanted] = useState<EventId | null>(null);
  const [isInPicker, setInPicker] = useState(false);
  const [label, setLabel] = useState<string | null>(null);
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [source, setSource] = useState<SampleSource>("example");
  const past = usePastSample(connection, offer.capabilities, webhook);
  const [focus] = useState<EventFocus>(() => ({
    enter: (event) => {
      setWanted(event);
      setInPicker(true);
    },
    leave: () => setInPicker(false),
  }));

  const chosen = chosenEvents(offer, values);
  const isWanted = wanted !== null && (isInPicker || chosen.includes(wanted));
  // Whoever ticks one event after the other does not wait for each one's sample.
  const newest = chosen.at(-1) ?? null;
  const last = useSettled(newest, newest === null);
  const asked = isWanted ? wanted : last;
  const query = useQuery({
    queryKey: ["event-samples", connection, asked],
    queryFn: async () => ({
      event: asked,
      samples: await backend.call("event_samples", { connection, event: asked ?? "" }),
    }),
    enabled: asked !== null,
    // The sample in sight stays, under its own name, until the next is there.
    placeholderData: (before) => (asked === null ? undefined : before),
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const id = asked === null ? null : (query.data?.event ?? asked);
  const variants = (query.data?.samples ?? []).filter(
    ({ shownWhen }) => shownWhen === null || holds(shownWhen, values),
  );
  const sample = variants.find((one) => one.label === label) ?? variants[0] ?? null;
  const isPast = source === "past" && past !== null;
  const key = JSON.stringify(isPast ? ["past", past.chosen?.id] : [id, sample?.label]);
  const given = isPast ? past.text : (sample?.text ?? null);
  const edited = edits[key];
  const text = given === null ? null : (edited ?? given);
  const isRead = edited !== undefined || isPast;
  const typed = useParsed(isRead ? text : null);
  const payload = isRead ? typed : (sample?.value ?? undefined);
  const canTry = offer.capabilities.localTrial !== null;

  return {
    source: isPast ? "past" : "example",
    chooseSource: setSource,
    past,
    event: id === null ? null : eventOf(offer, id),
    choices: id === null || chosen.includes(id) ? chosen : [...chosen, id],
    choose: setWanted,
    variants,
    sample,
    chooseVariant: setLabel,
    key,
    text,
    payload,
    isBroken: text !== null && payload === undefined,
    isEditable: canTry && (isPast ? text !== null : sample !== null && isJson(sample)),
    isEdited: text !== null && text !== given,
    edit: (next) => setEdits((before) => ({ ...before, [key]: next })),
    reset: () =>
      setEdits((before) => Object.fromEntries(Object.entries(before).filter(([at]) => at !== key))),
    isLoading: query.isFetching,
    problem: query.error && !query.isFetching ? toAppError(query.error).message : null,
    retry: () => void query.refetch(),
    focus,
  };
}

/** Whether a sample is sent as JSON. */
export function isJson({ contentType }: Sample): boolean {
  return /[/+]json\b/iu.test(contentType);
}

function chosenEvents(offer: Offer, values: FormValues): EventId[] {
  const spec = allFields(offer.capabilities).find(({ kind }) => kind.type === "events");
  const value = spec && values[spec.path];
  return value?.type === "list" ? value.value : [];
}

function eventOf(offer: Offer, id: EventId): EventType {
  const known = offer.catalogue.events.find((event) => event.id === id);
  const remark = "Not offered by this organisation.";
  return known ?? { id, label: id, group: "", description: null, mark: "notOffered", remark };
}

/** The JSON of a text, the same object as long as the text is the same; `undefined` when it is none. */
function useParsed(text: string | null): unknown {
  return useMemo(() => {
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }, [text]);
}
