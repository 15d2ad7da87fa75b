import {
  doublesIn,
  faultsOf,
  hasFault,
  isProbablyKnown,
} from "../console/clients/adding/faults.ts";
import { peopleIn, type Person } from "../console/clients/adding/people.ts";
import { Reviewed } from "../console/clients/adding/reviewed.ts";
import { assert, assertEquals } from "./assert.ts";

const NORA: Person = { name: "Nora Whitfield", email: "nora@example.com", phone: "(802) 555-0101" };
const TOMAS: Person = { name: "Tomás Rivera", email: "tomas@example.com", phone: "802 555 0102" };

function list(order: readonly (keyof Person)[], ...head: readonly string[]): string {
  const rows = [NORA, TOMAS].map((person) => order.map((field) => `"${person[field]}"`));
  return [...(head.length ? [head] : []), ...rows].map((cells) => cells.join(",")).join("\n");
}

Deno.test("name, address and phone stand in any order, with or without a header", () => {
  assertEquals(peopleIn(list(["name", "email", "phone"])), [NORA, TOMAS]);
  assertEquals(peopleIn(list(["phone", "name", "email"])), [NORA, TOMAS]);
  assertEquals(peopleIn(list(["email", "phone", "name"], "Email", "Phone", "Name")), [NORA, TOMAS]);
  assertEquals(
    peopleIn(list(["name", "phone", "email"], "Nombre", "Teléfono", "Correo electrónico")),
    [NORA, TOMAS],
  );
  assertEquals(peopleIn(list(["name", "email"])), [
    { ...NORA, phone: "" },
    { ...TOMAS, phone: "" },
  ]);
});

Deno.test("a header may name two halves of a name, and columns that nobody needs", () => {
  const english = "Id,Last Name,First Name,Mobile,E-mail,City\n" +
    "7,Whitfield,Nora,(802) 555-0101,nora@example.com,Montpelier";
  assertEquals(peopleIn(english), [NORA]);
  const spanish = "Nombre;Apellidos;Móvil;Correo\nTomás;Rivera;802 555 0102;tomas@example.com";
  assertEquals(peopleIn(spanish), [TOMAS]);
});

Deno.test("two halves of a name are found without a header, and a note is none", () => {
  assertEquals(peopleIn("Nora,Whitfield,nora@example.com,(802) 555-0101"), [NORA]);
  assertEquals(peopleIn("Nora Whitfield,comes on Tuesdays,nora@example.com,(802) 555-0101"), [
    NORA,
  ]);
});

Deno.test("a line without delimiters is read, too", () => {
  assertEquals(
    peopleIn("Nora Whitfield <nora@example.com> (802) 555-0101\nTomás Rivera"),
    [NORA, { name: "Tomás Rivera", email: "", phone: "" }],
  );
  assertEquals(peopleIn("Name\nNora Whitfield"), [{
    name: "Nora Whitfield",
    email: "",
    phone: "",
  }]);
});

Deno.test("an address is found within its cell, and what is none stays to be seen", () => {
  const [first, second] = peopleIn(
    "Name,Email\nNora,mailto:nora@example.com\nPeter,peter at example.com",
  );
  assertEquals(first!.email, "nora@example.com");
  assertEquals(second!.email, "peter at example.com");
});

Deno.test("nothing is found in nothing", () => {
  assertEquals(peopleIn(""), []);
  assertEquals(peopleIn("\n , , \n"), []);
  assertEquals(peopleIn("Name,Email,Phone"), []);
});

Deno.test("what the API would refuse is said before, beside its field", () => {
  assertEquals(faultsOf(NORA), {});
  assertEquals(faultsOf({ name: "Nora", email: "", phone: "" }), {});
  assertEquals(faultsOf({ name: " ", email: "nora@", phone: "12" }), {
    name: "name-missing",
    email: "email-form",
    phone: "phone-digits",
  });
  assertEquals(faultsOf({ ...NORA, name: "—" }).name, "name-letters");
  assertEquals(faultsOf({ ...NORA, name: "No\u200bra" }).name, "name-letters");
  assertEquals(faultsOf({ ...NORA, name: "n".repeat(101) }).name, "name-long");
  assertEquals(faultsOf({ ...NORA, phone: "1".repeat(41) }).phone, "phone-long");
  for (const email of ["ñ@example.com", "a@b", "a..b@example.com", `${"a".repeat(65)}@e.com`]) {
    assert(hasFault({ ...NORA, email }), email);
  }
});

Deno.test("who is in the list twice, or a client already, is found by name and contact", () => {
  const clients = [{
    client_id: "c1",
    name: "tomas rivera",
    email: "TOMAS@example.com",
    phone: null,
  }];
  const people = [NORA, TOMAS, { ...NORA, email: "", phone: "8025550101" }, {
    ...NORA,
    name: "Walter Whitfield",
    phone: "",
  }, { name: "Nora Whitfield", email: "other@example.com", phone: "" }];
  const doubles = doublesIn(people, clients);
  assertEquals([...doubles.keys()], [1, 2, 3, 4]);
  assertEquals(doubles.get(1)!.kind, "client");
  assertEquals([doubles.get(2)!.kind, doubles.get(2)!.index], ["in-list", 0]);
  assertEquals([doubles.get(3)!.kind, doubles.get(3)!.index], ["shared-address", 0]);
  assertEquals([doubles.get(4)!.kind, doubles.get(4)!.index], ["same-name", 0]);
});

Deno.test("a namesake is left out only where nothing else tells the two apart", () => {
  const namesake = { kind: "same-name", index: 0 } as const;
  assert(isProbablyKnown({ name: "Nora", email: "", phone: "" }, namesake));
  assert(!isProbablyKnown(NORA, namesake));
  assert(isProbablyKnown(NORA, { kind: "in-list", index: 0 }));
  assert(!isProbablyKnown(NORA, { kind: "shared-address", index: 0 }));
  assert(!isProbablyKnown(NORA, undefined));
});

Deno.test("a list that is looked over says who is ready, and keeps what is corrected", () => {
  const list = new Reviewed(
    [NORA, { name: "Bea", email: "bea at example", phone: "" }, NORA, TOMAS],
    [{ client_id: "c1", name: TOMAS.name, email: TOMAS.email, phone: null }],
  );
  assertEquals([...list.leftOut], [2, 3], "the same again, and a client");
  assertEquals([...list.opened], [1]);
  assertEquals([list.ready.length, list.faulty], [1, 1]);
  list.change(1, "email", " bea@example.com ");
  assertEquals(list.ready.map(({ email }) => email), [NORA.email, "bea@example.com"]);
  assert(list.suspects.has(1) && list.opened.has(1), "it stays in sight");
  list.toggle(3);
  list.open(1);
  assertEquals([list.ready.length, list.opened.size], [3, 0]);
});
