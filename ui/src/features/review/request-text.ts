import type { RequestPreview } from "~/bindings/RequestPreview";

/** A request as it is shown: method and address, headers, body. */
export function textOf({ method, url, headers, body }: RequestPreview): string {
  const head = [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\n");
  return [head, body].filter((part) => part !== "").join("\n\n");
}

/** The commands of several requests, each with its title above it. */
export function commandsOf(requests: readonly RequestPreview[]): string {
  return requests
    .filter(({ curl }) => curl !== "")
    .map(({ title, curl }) => `# ${title.replaceAll(/[\r\n\u2028\u2029]+/gu, " ")}\n${curl}\n`)
    .join("\n");
}
