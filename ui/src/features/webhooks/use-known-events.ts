import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBackend } from "~/app/backend-context";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { Offer } from "~/bindings/Offer";
import type { KnownEvents } from "~/components/event-picker/search";

/** The catalogue of a connection; null until it was read. The details read it by the same key. */
export function useKnownEvents(connection: ConnectionId, readAtMs: number | null): KnownEvents | null {
  const backend = useBackend();
  const { data } = useQuery({
    queryKey: ["offer", connection, readAtMs],
    queryFn: () => backend.call("connection_offer", { connection }),
    staleTime: 5 * 60_000,
    gcTime: 60_000,
    retry: false,
  });
  const known = useMemo(
    () => data && new Map(data.catalogue.events.map((event) => [event.id, event])),
    [data],
  );
  return known ?? null;
}

/** Gives what is known of the events of all connections without reading anything. */
export function useCatalogues(): () => KnownEvents {
  const queries = useQueryClient();
  return () => {
    const offers = queries.getQueriesData<Offer>({ queryKey: ["offer"] });
    return new Map(
      offers.flatMap(([, offer]) => offer?.catalogue.events.map((event) => [event.id, event]) ?? []),
    );
  };
}
