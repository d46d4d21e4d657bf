/** Tacklebox's own icon. */
export function AppIcon() {
  return (
    <svg viewBox="0 0 512 512" width="56" height="56" aria-hidden="true">
      <clipPath id="app-icon-shape">
        <rect x="16" y="16" width="480" height="480" rx="108" />
      </clipPath>
      <g clipPath="url(#app-icon-shape)">
        <rect x="16" y="16" width="480" height="480" fill="#0A6685" />
        <rect x="16" y="16" width="480" height="150" fill="#1284A8" />
      </g>
      <g fill="none" stroke="#FFFFFF" strokeWidth="42" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="322" cy="126" r="42" />
        <path d="M322 168v140a88 88 0 0 1-176 0v-68l62 62" />
      </g>
    </svg>
  );
}
