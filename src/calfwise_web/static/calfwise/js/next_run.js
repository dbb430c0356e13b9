// @ts-check
/** The next run: while somebody types, the answer brings the fields' errors along; the fields are marked as they say. */

document.addEventListener("htmx:afterSettle", () => {
  for (const said of document.querySelectorAll("#wish [id$='_error']")) {
    const field = document.getElementById(said.id.replace(/_error$/, ""));
    if (said.childElementCount) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
});
