import { createContext, type ReactNode, use } from "react";
import type { Backend } from "~/backend/backend";

const BackendContext = createContext<Backend | null>(null);

export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }) {
  return <BackendContext value={backend}>{children}</BackendContext>;
}

/** The way to the host. */
export function useBackend(): Backend {
  const backend = use(BackendContext);
  if (!backend) throw new Error("BackendProvider is missing");
  return backend;
}
