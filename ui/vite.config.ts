import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  // WebKitGTK 2.40 and Safari 16 are the oldest engines Tauri 2 meets.
  // Unlike the other, it lets one module take over a class of another without a warning at every build.
  css: { transformer: "lightningcss" },
  build: { target: "safari16", chunkSizeWarningLimit: 1500 },
  test: { environment: "jsdom", setupFiles: ["./test/setup.ts"], css: false, restoreMocks: true },
});
