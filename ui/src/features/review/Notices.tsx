import type { Notice } from "~/bindings/Notice";
import { Banner } from "~/components";

/** Things to know, each with its weight. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  return notices.map((notice) => (
    <Banner key={notice.words} tone={notice.level === "warning" ? "warn" : "info"}>
      <bdi>{notice.words}</bdi>
    </Banner>
  ));
}
