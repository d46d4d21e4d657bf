// What the pretended backend reads from the arguments of a call.

export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export function operationOf(args: unknown): string | null {
  const operation = typeof args === "object" && args !== null && "operation" in args ? args.operation : null;
  return typeof operation === "string" ? operation : null;
}

export function connectionOf(args: unknown): string | null {
  if (typeof args !== "object" || args === null) return null;
  if ("connection" in args && typeof args.connection === "string") return args.connection;
  return "webhook" in args ? connectionOf(args.webhook) : null;
}
