// On a narrow screen a row of tabs scrolls: the current one is brought into sight.
for (const current of document.querySelectorAll(".tabs [aria-current]")) {
  const row = current.closest(".tabs");
  row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}
