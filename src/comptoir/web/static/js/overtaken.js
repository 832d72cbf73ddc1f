// Requests that were overtaken end in silence. One that a newer one takes the place of (hx-sync) ended as it should:
// htmx would call it an error in the console. One that a sheet sent which is gone meanwhile comes too late: its parts
// would be laid into the sheet that stands there now. Events of what is gone reach no page, hence the request itself.
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const { xhr, elt } = detail;
  const { onload, onabort } = xhr;
  const sheet = elt.closest(".checkout, .look");
  xhr.onabort = (event) => {
    detail.error = "";
    onabort.call(xhr, event);
  };
  xhr.onload = (event) => {
    const late = sheet && !sheet.isConnected;
    (late ? xhr.onabort : onload).call(xhr, event);
  };
});
