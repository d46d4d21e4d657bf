import { Channel, invoke } from "@tauri-apps/api/core";
import type { AppError } from "~/bindings/AppError";
import {
  type Args,
  type Backend,
  BackendError,
  type CommandName,
  type Result,
  type Streamed,
  toAppError,
} from "./backend";

/** Speaks to the Rust host: one Tauri command, `call`, carries every entry of the command table. */
export const tauriBackend: Backend = {
  async call<N extends CommandName>(name: N, args: Args<N>, onProgress?: (progress: Streamed<N>) => void) {
    const channel = new Channel<Streamed<N>>();
    if (onProgress) channel.onmessage = onProgress;
    try {
      return await invoke<Result<N>>("call", { name, args, channel });
    } catch (thrown) {
      throw isAppError(thrown) ? new BackendError(thrown) : new BackendError(toAppError(thrown));
    }
  },
};

function isAppError(thrown: unknown): thrown is AppError {
  return typeof thrown === "object" && thrown !== null && "kind" in thrown && "message" in thrown;
}
