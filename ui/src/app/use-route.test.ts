import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useRoute } from "./use-route";

const editor = { at: "editor", target: { kind: "create", connection: null } } as const;

test("what is open can refuse to be left", async () => {
  const { result } = renderHook(useRoute);
  await act(() => result.current.go(editor));
  result.current.registerGuard(() => Promise.resolve(false));
  await act(async () => expect(await result.current.go({ at: "list" })).toBe(false));
  expect(result.current.route.at).toBe("editor");

  result.current.registerGuard(() => Promise.resolve(true));
  await act(() => result.current.go({ at: "list" }));
  expect(result.current.route.at).toBe("list");
});

test("a screen that closes itself is not asked again", async () => {
  const { result } = renderHook(useRoute);
  await act(() => result.current.go(editor));
  result.current.registerGuard(() => Promise.reject(new Error("asked")));
  act(() => result.current.leave());
  expect(result.current.route.at).toBe("list");
});
