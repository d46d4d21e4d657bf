import type { AppError } from "~/bindings/AppError";
import type { Commands } from "~/bindings/commands";

export type CommandName = keyof Commands;
export type Args<N extends CommandName> = Commands[N]["args"];
export type Result<N extends CommandName> = Commands[N]["result"];
export type Streamed<N extends CommandName> = Commands[N]["stream"];

/** The one way the window reaches the host. `onProgress` is called in order, before the promise settles. */
export interface Backend {
  call<N extends CommandName>(
    name: N,
    args: Args<N>,
    onProgress?: (progress: Streamed<N>) => void,
  ): Promise<Result<N>>;
}

/** The only thing a `Backend` rejects with. */
export class BackendError extends Error {
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.name = "BackendError";
    this.error = error;
  }
}

/** Makes an `AppError` of anything that was thrown; what is not ours becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof BackendError) return thrown.error;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    kind: "internal",
    message,
    place: null,
    advice: "Restart Tacklebox. If it happens again, please report it.",
  };
}
