/**
 * Names of the permissions of Office 365 Exchange Online, one a line after its id, sorted by name.
 *
 * Sources: two undated listings of its service principal in public repositories, from after June 2022; the delegated ones stand in
 * both. Microsoft publishes no list. What was added later is missing: `SMTP.SendAsApp`, `Exchange.ManageV2`,
 * `Exchange.ManageAsAppV2`.
 */
export const exchangeOnlineNames = {
  application: `
798ee544-9d2d-430c-a058-570e29e34338 Calendars.Read
2dfdc6dc-2fa7-4a2c-a922-dbd4f85d17be Calendars.Read.All
ef54d2bf-783f-4e0f-bca1-3210c0444d99 Calendars.ReadWrite.All
089fe4d0-434a-44c5-8827-41ba8a0b17f5 Contacts.Read
6918b873-d17a-4dc1-b314-35f528134491 Contacts.ReadWrite
dc50a0fb-09a3-484d-be87-e023b12c6440 Exchange.ManageAsApp
5e5addcd-3e8d-4e90-baf5-964efab2b20a IMAP.AccessAsApp
810c84a8-4a9e-49e6-bf7d-12d183f40d01 Mail.Read
e2a3a72e-5f79-4c64-b1b1-878b674786c9 Mail.ReadWrite
b633e1c5-b582-4048-a93e-9f11b44c7e96 Mail.Send
f7264778-fba9-422d-8e9e-2675a2c4b513 Mailbox.Migration
d45fa9f8-36e5-4cd2-b601-b063c7cf9ac2 MailboxSettings.Read
f9156939-25cd-4ba8-abfe-7fabcf003749 MailboxSettings.ReadWrite
15f260d6-f874-4366-8672-6b3658c5a09b Organization.Read.All
c976971c-a54d-4835-a240-2479e3dac74a Organization.ReadWrite.All
cb842b43-da6e-4506-86fe-bb12199c656d POP.AccessAsApp
4830e04b-48ac-4de5-bbd9-8aceb58e506b Place.Read.All
b4d5a5c7-c085-487f-b922-ef0d6ebde6b1 ReportingWebService.Read.All
c1b0de0a-1de9-455d-919f-eca451053141 Tasks.Read
2c6a42ca-0d4d-49ad-bc0e-21222c449a65 Tasks.ReadWrite
bf24470f-10c1-436d-8d53-7b997eb473be User.Read.All
77e65b5a-ceae-48b3-9490-50a86a038a48 User.ReadBasic.All
dc890d15-9560-4a4c-9b7f-a736ec74ec40 full_access_as_app
`,
  delegated: `
5b9be81f-2977-4d27-8faf-bb43af8fc705 Calendars.Read
da710fc9-1e83-407b-8c5c-09d225031769 Calendars.Read.All
c21d8660-9de1-4404-85b6-59695921bd8d Calendars.Read.Shared
765f423e-b55d-412e-97e3-13a800c3a537 Calendars.ReadWrite
bbd1ca91-75e0-4814-ad94-9c5dbbae3415 Calendars.ReadWrite.All
4585ecca-5b47-432f-ac70-e1391e4951ed Calendars.ReadWrite.Shared
181aac24-028a-486e-a649-b3742c74ec71 Contacts.Read
d660a04c-7b62-4b4c-bea3-89226df00142 Contacts.Read.All
d6aa6fa9-3360-416a-b8db-021249d58e86 Contacts.Read.Shared
32253599-e142-4cf0-810d-4827eedd1cfa Contacts.ReadWrite
44882612-f346-430a-b938-4f00ee1c77a7 Contacts.ReadWrite.All
c54cba4f-60fe-4332-b0de-b5990fd1999e Contacts.ReadWrite.Shared
266d2589-20b5-4f91-9a03-89247d1be8da EAS.AccessAsUser.All
3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5 EWS.AccessAsUser.All
ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c Exchange.Manage
b5c79e22-9bf2-42d7-b60d-1b95c11ebc66 Group.Read.All
27235839-268c-4d68-a668-351401ff623a Group.ReadWrite.All
195adc35-e27b-454b-a7ed-1ecdffa1c09f IMAP.AccessAsUser.All
185758ba-798d-4b72-9e54-429a413a2510 Mail.Read
ad13ac2e-ad46-4dc0-b7da-249c94395a6d Mail.Read.All
1d894596-c906-42b1-8422-9360440c1c0c Mail.Read.Shared
dab085de-3e14-432f-a47f-84b6457059c4 Mail.ReadBasic
75767999-c7a8-481e-a6b4-19458e0b30a5 Mail.ReadWrite
140e747e-90d3-4de0-8618-85a0cc7a1129 Mail.ReadWrite.All
b09ec548-3f99-4d0a-859c-c9b7ff53b7a9 Mail.ReadWrite.Shared
5eb43c10-865a-4259-960a-83946678f8dd Mail.Send
e843bc88-e493-446d-a73c-0ded7ff1913f Mail.Send.All
16572339-6149-452b-b084-280b01354687 Mail.Send.Shared
d36ad51d-15a2-458d-9b3a-16dbe4c51c30 MailboxSettings.Read
2e83d72d-8895-4b66-9eea-abb43449ab8b MailboxSettings.ReadWrite
505d82a7-24f3-4632-bffc-4d21625b31de Notes.Read
1b69a6c3-108d-42d0-a3ec-fafcd610e80b Notes.ReadWrite
8cac6046-ce43-4348-855c-efd9d956b7bf OPX.MyDay
d056cee4-aed2-4aa4-b2a9-292fe18b06d2 OPX.MyDay.All
405782ba-4062-4ea3-bd33-f7c731841e3b OPX.MyDay.Shared
1d490c92-d2ca-4a30-b52e-6edf5f279f4d Organization.Read.All
17f07f5d-fb80-4278-ba37-70ae04d476a3 Organization.ReadWrite.All
fb698133-92fa-453e-a9ed-688e10f2e5ac POP.AccessAsUser.All
9478ac54-3753-4543-b95a-4fad24978902 People.Read
a88daf86-d44d-4077-8258-54131dd44e5d People.ReadWrite
43ed0a33-2264-4716-b3bd-c5d8e248eebf Place.Read.All
bbbcc29c-7bd7-48f0-8c8b-ef5f9865b626 ReportingWebService.Read
76faac2a-0f20-42f1-928a-50de5b9dbe52 SMTP.Send
8af8046f-5694-470f-91e4-d47ad05eda18 Tasks.Read
3d5e9942-27d3-4e96-80b1-696c7a3369c1 Tasks.Read.Shared
6b49b74d-642f-4417-a6b4-820576845707 Tasks.ReadWrite
2915e980-bca5-4194-9a3f-71c4ccdbd77b Tasks.ReadWrite.Shared
6223a6d3-53ef-4f8f-982a-895b39483c61 User.Read
eb665d05-7f76-4d1b-b176-1cfc814e668d User.Read.All
6222dbab-a24c-4210-9d91-2f47cf565614 User.ReadBasic.All
9b005f11-86f0-45f7-8c27-4fff5d849916 User.ReadBasic.All
f9408c03-bd3d-48c4-8bee-17a72d20bd9c User.ReadWrite
`,
};
