/** An API of Microsoft whose permissions the applications ask for. */
export type ApiName = 'MicrosoftGraph' | 'ExchangeOnline' | 'SharePointOnline';

/** `application`: the application acts on its own. `delegated`: for the person who has signed in. */
export type PermissionKind = 'application' | 'delegated';

/** Name in Entra's portal, and the client id that is the same in every tenant. */
export const apis: Readonly<Record<ApiName, { readonly name: string; readonly clientId: string }>> = {
  MicrosoftGraph: { name: 'Microsoft Graph', clientId: '00000003-0000-0000-c000-000000000000' },
  ExchangeOnline: { name: 'Office 365 Exchange Online', clientId: '00000002-0000-0ff1-ce00-000000000000' },
  SharePointOnline: { name: 'SharePoint', clientId: '00000003-0000-0ff1-ce00-000000000000' },
};

export const apiNames: readonly ApiName[] = ['MicrosoftGraph', 'ExchangeOnline', 'SharePointOnline'];

/** Template ids of directory roles: the same in every tenant. */
export const directoryRoles = {
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
} as const;

/** Key of `directoryRoles`: the display name of a role in Entra. */
export type DirectoryRoleName = keyof typeof directoryRoles;

/**
 * Ids of the permissions by API, kind and name. A name alone is not enough: `User.Read.All` stands on two APIs.
 *
 * Sources: the service principals of the three APIs in any tenant; merill/microsoft-info, _info/GraphAppRoles.json and
 * GraphDelegateRoles.json.
 */
export const permissionIds = {
  application: {
    MicrosoftGraph: {
      'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
      'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
      'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
      'Group.ReadWrite.All': '62a82d76-70ea-41e2-9197-370581804d09',
      'Sites.Read.All': '332a536c-c7ef-4017-ab91-336970924f0d',
      'Sites.ReadWrite.All': '9492366f-7969-46a4-8d15-ed1a20078fff',
      'TeamSettings.ReadWrite.All': 'bdd80a03-d9bc-451d-b7c4-ce7c63fe3c8f',
      'ChannelMessage.Read.All': '7b2449af-6ccd-4f4d-9f78-e550c193f0d1',
      'ChannelMember.Read.All': '3b55498e-47ec-484f-8136-9013221c06a9',
      'ChannelMember.ReadWrite.All': '35930dcf-aceb-4bd1-b99a-8ffed403c974',
      'Files.ReadWrite.All': '75359482-378d-4052-8f01-80520e7db3cd',
      'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
      'User.ReadBasic.All': '97235f07-e226-4f63-ace3-39588e11d3a1',
      'MailboxItem.ImportExport.All': '76577085-e73d-4f1d-b26a-85fb33892327',
      'MailboxFolder.Read.All': '99280d24-a782-4793-93cc-0888549957f6',
      'MailboxFolder.ReadWrite.All': 'fef87b92-8391-4589-9da7-eb93dab7dc8a',
      'MailboxItem.Read.All': '7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce',
      'BackupRestore-Control.ReadWrite.All': 'fb240865-88f8-4a1d-923f-98dbc7920860',
      'BackupRestore-Configuration.ReadWrite.All': '18133149-5489-40ac-80f0-4b6fa85f6cdc',
      'BackupRestore-Restore.ReadWrite.All': 'bebd0841-a3d8-4313-a51d-731112c8ee41',
      'BackupRestore-Search.Read.All': 'f6135c51-c766-4be1-9638-ed90c2ed2443',
    },
    ExchangeOnline: {
      full_access_as_app: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
      'Exchange.ManageAsApp': 'dc50a0fb-09a3-484d-be87-e023b12c6440',
    },
    SharePointOnline: {
      'Sites.FullControl.All': '678536fe-1083-478a-9c59-b99265e6b0d3',
      'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
    },
  },
  delegated: {
    MicrosoftGraph: {
      'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
      openid: '37f7f235-527c-4136-accd-4a02d197296e',
      profile: '14dad69e-099b-42c9-810b-d002981feec1',
      email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
      offline_access: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
      'Directory.Read.All': '06da0dbc-49e2-44d2-8312-53f166ab848a',
      'Directory.ReadWrite.All': 'c5366453-9fb0-48a5-a156-24f0c49a4b84',
      'Group.ReadWrite.All': '4e46008b-f24c-477d-8fff-7bb4ec7aafe0',
      'Sites.Read.All': '205e70e5-aba6-4c52-a976-6d2d46c48043',
      'ChannelMember.ReadWrite.All': '0c3e411a-ce45-4cd1-8f30-f99a3efa7b11',
      'User.Read.All': 'a154be20-db9c-4678-8ab7-66f6cc099a59',
      'MailboxItem.ImportExport': 'df96e8a0-f4e1-4ecf-8d83-a429f822cbd6',
      'MailboxItem.Read': '82305458-296d-4edd-8b0b-74dd74c34526',
      'MailboxFolder.ReadWrite': '077fde41-7e0b-4c5b-bcd1-e9d743a30c80',
    },
    ExchangeOnline: {
      'EWS.AccessAsUser.All': '3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5',
    },
    SharePointOnline: {
      'AllSites.FullControl': '56680e0d-d2a3-4ae1-80d8-3c4f2100e3d0',
      'User.Read.All': '0cea5a30-f6f8-42b5-87a0-84cc26822e02',
    },
  },
} as const;
