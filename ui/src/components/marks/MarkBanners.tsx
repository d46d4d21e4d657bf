import type { Mark } from "~/bindings/Mark";
import type { MarkKind } from "~/bindings/MarkKind";
import { Banner } from "../banner/Banner";
import type { IconName } from "../icon/Icon";

const icons: Record<MarkKind, IconName> = {
  protected: "shield",
  managed: "layers",
  incomplete: "warning",
  otherTool: "plug",
};

/** What is special about a webhook, in words. */
export function MarkBanners({ marks }: { marks: readonly Mark[] }) {
  return marks.map((mark) => (
    <Banner
      key={`${mark.kind} ${mark.label}`}
      tone={mark.asks === "never" && mark.kind !== "incomplete" ? "info" : "warn"}
      icon={icons[mark.kind]}
      title={<bdi>{mark.label}</bdi>}
    >
      <bdi>{mark.words}</bdi>
    </Banner>
  ));
}
