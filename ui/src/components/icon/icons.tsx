import type { ReactNode } from "react";

const dot = "M3.5 8h.01M8 8h.01M12.5 8h.01";

/** Line icons on a 16 by 16 grid, drawn with `currentColor`. */
export const icons = {
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.4 10.4 14 14" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3.5 8h9" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="M3 8.6 6.4 12 13 4.6" />,
  "chevron-down": <path d="m4 6 4 4 4-4" />,
  "chevron-right": <path d="m6 4 4 4-4 4" />,
  "chevron-up": <path d="m4 10 4-4 4 4" />,
  "up-down": <path d="m5 6 3-3 3 3M5 10l3 3 3-3" />,
  "arrow-right": <path d="M3 8h10M9 4l4 4-4 4" />,
  "arrow-left": <path d="M13 8H3M7 4 3 8l4 4" />,
  refresh: <path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8l1.6 1.6M13.2 2.4v3.4H9.8" />,
  layers: <path d="M8 2 2 5.2l6 3.2 6-3.2L8 2zM2 8.2l6 3.2 6-3.2M2 11l6 3.2 6-3.2" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.4 1.5" />
    </>
  ),
  settings: (
    <>
      <path d="M2 4.8h6M12 4.8h2M2 11.2h2M8 11.2h6" />
      <circle cx="10" cy="4.8" r="1.8" />
      <circle cx="6" cy="11.2" r="1.8" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.5" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  unlock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.5" />
      <path d="M5 7V5a3 3 0 0 1 5.8-1" />
    </>
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.8" />
      <path d="M7.2 8.8 13.2 2.8M10.6 5.4l2 2" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8.5" height="8.5" rx="1.5" />
      <path d="M3.5 10.5H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1h6.5a1 1 0 0 1 1 1v.5" />
    </>
  ),
  edit: <path d="m10.8 2.8 2.4 2.4-7.7 7.7-3 .6.6-3 7.7-7.7zM9.2 4.4l2.4 2.4" />,
  trash: (
    <path d="M2.5 4.5h11M6 4.5V3a.8.8 0 0 1 .8-.8h2.4A.8.8 0 0 1 10 3v1.5M4 4.5l.6 8.3a1 1 0 0 0 1 .9h4.8a1 1 0 0 0 1-.9l.6-8.3M6.8 7.2v3.8M9.2 7.2v3.8" />
  ),
  dots: <path d={dot} strokeWidth="2.2" />,
  warning: <path d="M8 2.4 14.2 13.2H1.8L8 2.4zM8 6.6v3M8 11.4h.01" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.6M8 5h.01" />
    </>
  ),
  ok: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.3 8.2 1.9 1.9 3.5-3.8" />
    </>
  ),
  error: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m6 6 4 4M10 6l-4 4" />
    </>
  ),
  "minus-circle": (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.5 8h5" />
    </>
  ),
  pending: <circle cx="8" cy="8" r="6" strokeDasharray="2.2 2" />,
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  "eye-off": (
    <path d="M3.6 4.9A12 12 0 0 0 1.5 8S4 12.5 8 12.5c1 0 2-.3 2.8-.7M6.4 3.7A6 6 0 0 1 8 3.5C12 3.5 14.5 8 14.5 8a12 12 0 0 1-1.7 2.2M2.5 2.5l11 11" />
  ),
  filter: <path d="M2 4h12M4.5 8h7M6.8 12h2.4" />,
  code: <path d="M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5" />,
  undo: <path d="m5.5 3-3 3 3 3M2.5 6h7a4 4 0 0 1 0 8H7" />,
  link: (
    <path d="M6.5 9.5a2.8 2.8 0 0 0 4 0l2.3-2.3a2.8 2.8 0 0 0-4-4L8 4M9.5 6.5a2.8 2.8 0 0 0-4 0L3.2 8.8a2.8 2.8 0 0 0 4 4L8 12" />
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M2 8h12M8 2c2 1.8 2.8 3.8 2.8 6S10 12.2 8 14C6 12.2 5.2 10.2 5.2 8S6 3.8 8 2z" />
    </>
  ),
  hook: (
    <>
      <circle cx="10.2" cy="3.2" r="1.3" />
      <path d="M10.2 4.5v5a3 3 0 0 1-6 0V7.2l2.2 2.2" />
    </>
  ),
  flask: (
    <path d="M6.2 2v4.2L2.8 12a1.2 1.2 0 0 0 1 1.8h8.4a1.2 1.2 0 0 0 1-1.8L9.8 6.2V2M5 2h6M4.8 9.8h6.4" />
  ),
  plug: <path d="M5.5 2v3.5M10.5 2v3.5M3.8 5.5h8.4v2.2a4.2 4.2 0 0 1-8.4 0V5.5zM8 12v2.2" />,
  power: <path d="M8 2v6M4.6 4.2a5.2 5.2 0 1 0 6.8 0" />,
  shield: (
    <path d="M8 1.8 13 3.6v4c0 3-2.1 5.3-5 6.6-2.9-1.3-5-3.6-5-6.6v-4L8 1.8zM5.9 7.9l1.5 1.5 2.8-2.9" />
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof icons;
