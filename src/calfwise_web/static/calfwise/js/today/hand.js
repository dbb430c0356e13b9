// @ts-check
/** What is at hand, said in the folded line as it changes. */

/** @param {HTMLDetailsElement} box */
export const tellHand = (box) => {
  const summary = box.querySelector("summary");
  const told = () => {
    const minutes = box.querySelector('input[name="minutes"]');
    const position = box.querySelector('input[name="position"]:checked');
    const tools = [...box.querySelectorAll('input[name="tool"]:checked')].map(
      (tool) => tool.parentElement?.textContent?.trim().toLowerCase() ?? "",
    );
    const words = [
      `${minutes instanceof HTMLInputElement ? minutes.value : ""} minutes`,
      position instanceof HTMLInputElement ? position.value : "",
      ...(tools.length ? tools : ["hands only"]),
    ];
    if (summary) summary.textContent = words.join(" · ");
  };
  box.addEventListener("input", told);
};
