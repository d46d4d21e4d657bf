import { createRoot } from "react-dom/client";
import { App } from "~/app/App";
import "~/app/theme/tokens.css";
import "~/app/theme/base.css";
import type { Backend } from "~/backend/backend";
import { tauriBackend } from "~/backend/tauri";

/** The host, or with `?fake=1` during development a backend in memory: `&start=none`, `&vault=session`, `&bulk=10000`, `&events=5000`, `&rooms=5000`, `&broken=1`. */
async function backend(): Promise<Backend> {
  if (import.meta.env.DEV) {
    const wanted = new URLSearchParams(location.search);
    if (wanted.has("fake")) return (await import("~/backend/fake-entry")).fakeFromAddress(wanted);
  }
  return tauriBackend;
}

void backend().then((found) => {
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<App backend={found} />);
});
