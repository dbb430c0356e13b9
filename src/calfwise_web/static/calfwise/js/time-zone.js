// Fills hidden fields marked data-time-zone with the zone this browser lives in.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-time-zone]"))) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
