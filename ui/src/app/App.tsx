import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type Backend, toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { StartView } from "~/bindings/StartView";
import { ToastRegion } from "~/components";
import { RowsProvider } from "~/features/webhooks";
import { BackendProvider } from "./backend-context";
import { makeQueryClient } from "./query-client";
import { Shell } from "./Shell";
import { StartFailure } from "./StartFailure";

type Start = { at: "starting" } | { at: "ready"; view: StartView } | { at: "failed"; error: AppError };

/** The whole window. */
export function App({ backend }: { backend: Backend }) {
  const [queries] = useState(makeQueryClient);
  const [start, setStart] = useState<Start>({ at: "starting" });
  const [attempt, setAttempt] = useState(0);
  const [trying, setTrying] = useState(false);
  const asked = useRef(-1);

  useEffect(() => {
    // Starting is asked for once per attempt, however often effects run.
    if (asked.current === attempt) return;
    asked.current = attempt;
    backend
      .call("app_start", null)
      .then(
        (view) => setStart({ at: "ready", view }),
        (thrown: unknown) => setStart({ at: "failed", error: toAppError(thrown) }),
      )
      .finally(() => setTrying(false));
  }, [backend, attempt]);

  if (start.at === "starting") return null;
  if (start.at === "failed") {
    const retry = () => {
      setTrying(true);
      setAttempt(attempt + 1);
    };
    return <StartFailure error={start.error} isTrying={trying} onRetry={retry} />;
  }
  return (
    <BackendProvider backend={backend}>
      <QueryClientProvider client={queries}>
        <RowsProvider>
          <ToastRegion>
            <Shell start={start.view} />
          </ToastRegion>
        </RowsProvider>
      </QueryClientProvider>
    </BackendProvider>
  );
}
