// Who answers for the policy. In the demo that is the first colleague of the database, whoever
// that is, so that the page also works on a database of one's own.
(function () {
  MV.people('', 1)
    .then(([person]) => {
      if (person) document.getElementById('owner').setAttribute('person', person.id);
    })
    .catch(() => {});
})();
