/**
 * Names of the permissions of Office 365 SharePoint Online, one a line after its id, sorted by name.
 *
 * Sources: pnp/cli-microsoft365, src/m365/aad/commands/approleassignment/approleassignment-add.spec.ts, a copy of its service
 * principal of October 2020; later listings of it in public repositories (`Sites.Selected`); Microsoft's documentation of
 * SharePoint Embedded (`Container.Selected`). Microsoft publishes no list; what was added later is missing.
 */
export const sharePointOnlineNames = {
  application: `
19766c1b-905b-43af-8756-06526ab42875 Container.Selected
678536fe-1083-478a-9c59-b99265e6b0d3 Sites.FullControl.All
9bff6588-13f2-4c48-bbf2-ddab62256b36 Sites.Manage.All
d13f72ca-a275-4b96-b789-48ebcc4da984 Sites.Read.All
fbcd29d2-fcca-4405-aded-518d457caae4 Sites.ReadWrite.All
20d37865-089c-4dee-8c41-6967602d4ac8 Sites.Selected
2a8d57a5-4090-4a41-bf1c-3c621d2ccad3 TermStore.Read.All
c8e3537c-ec53-43b9-bed3-b2bd3617ae97 TermStore.ReadWrite.All
df021288-bdef-4463-88db-98f22de89214 User.Read.All
741f803b-c850-494e-b5df-cde7c675a1ca User.ReadWrite.All
`,
  delegated: `
56680e0d-d2a3-4ae1-80d8-3c4f2100e3d0 AllSites.FullControl
b3f70a70-8a4b-4f95-9573-d71c496a53f4 AllSites.Manage
4e0d77b0-96ba-4398-af14-3baa780278f4 AllSites.Read
640ddd16-e5b7-4d71-9690-3f4022699ee7 AllSites.Write
4d114b1a-3649-4764-9dfb-be1e236ff371 Container.Selected
b8341dab-4143-49da-8eb9-3d8c073f9e77 EnterpriseResource.Read
2511a087-5795-4cae-9123-d5b7d6ec4844 EnterpriseResource.Write
dd2c8d78-58e1-46d7-82dd-34d411282686 MyFiles.Read
2cfdc887-d7b4-4798-9b33-3d98d6b95dd2 MyFiles.Write
2beb830c-70d1-4f5b-a983-79cbdb0c6c6a Project.Read
d75a7b17-f04e-40d9-8e35-79b949bdb891 Project.Write
e7e732bd-932b-45c4-8ce5-40d60a7daad9 ProjectWebApp.FullControl
a4c14cd7-8bd6-4337-8e87-78623dfc023b ProjectWebAppReporting.Read
1002502a-9a71-4426-8551-69ab83452fab Sites.Search.All
9ac4404a-0323-446d-b334-b4ae4d18b38a Sites.Selected
c4258712-0efb-41f1-b6bc-be58e4e32f3f TaskStatus.Submit
a468ea40-458c-4cc2-80c4-51781af71e41 TermStore.Read.All
59a198b5-0420-45a8-ae59-6da1cb640505 TermStore.ReadWrite.All
0cea5a30-f6f8-42b5-87a0-84cc26822e02 User.Read.All
82866913-39a9-4be7-8091-f4fa781088ae User.ReadWrite.All
`,
};
