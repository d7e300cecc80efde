# Reads scripts as PowerShell does: each line of standard input is one, in base64 of UTF-8, and what it is made of is
# answered as one line of JSON.
using namespace System.Management.Automation.Language
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.Management, Microsoft.PowerShell.Utility
$cmdlets = @{}
foreach ($cmdlet in Get-Command -CommandType Cmdlet -ListImported) { $cmdlets[$cmdlet.Name] = $cmdlet }

function Find-Every([type] $type) { $ast.FindAll({ $args[0] -is $type }, $true) }

# Keys of the hashtable that a variable is given, and those that are added to it.
function Get-Key($variable) {
  foreach ($assignment in Find-Every ([AssignmentStatementAst])) {
    $left = $assignment.Left
    if ($left -is [MemberExpressionAst] -and $left.Expression.VariablePath.UserPath -eq $variable) {
      $left.Member.Extent.Text
    }
    if ($left -is [VariableExpressionAst] -and $left.VariablePath.UserPath -eq $variable) {
      foreach ($pair in $assignment.Right.Find({ $args[0] -is [HashtableAst] }, $false).KeyValuePairs) {
        $pair.Item1.Extent.Text
      }
    }
  }
}

function Read-Command($command) {
  $parameters = foreach ($element in $command.CommandElements) {
    if ($element -is [CommandParameterAst]) { $element.ParameterName }
    if ($element -is [VariableExpressionAst] -and $element.Splatted) {
      $keys = @(Get-Key $element.VariablePath.UserPath)
      if ($keys.Count -gt 0) { $keys } else { $element.Extent.Text }
    }
  }
  $name = $command.GetCommandName()
  $cmdlet = if ($name) { $cmdlets[$name] }
  @{
    name = $name
    parameters = @($parameters)
    known = if ($cmdlet) { @($cmdlet.Parameters.Keys) }
    pipeline = $command.Parent.Extent.Text
  }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
  $script = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line))
  $tokens = $errors = $null
  $ast = [Parser]::ParseInput($script, [ref]$tokens, [ref]$errors)
  @{
    faults = @($errors | ForEach-Object { "$($_.Extent.StartLineNumber): $($_.Message)" })
    commands = @(Find-Every ([CommandAst]) | ForEach-Object { Read-Command $_ })
    functions = @(Find-Every ([FunctionDefinitionAst]) | ForEach-Object Name)
    verbatim = @(Find-Every ([StringConstantExpressionAst]) | Where-Object StringConstantType -eq SingleQuoted | ForEach-Object Value)
    finally = @(Find-Every ([TryStatementAst]) | Where-Object Finally | ForEach-Object { $_.Finally.Extent.Text })
  } | ConvertTo-Json -Compress -Depth 4 -EscapeHandling EscapeNonAscii
}
